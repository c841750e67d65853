package org.nbvrollouts.store.spill;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestSpilledSort {
  private static final long SEED = 7;

  /** A key with few values and the place among all values, which nobody sorts by. */
  private record Item(int key, int place) {}

  private static final class ItemForm implements SpilledSort.Form<Item> {
    @Override
    public void write(Item value, DataOutput out) throws IOException {
      out.writeInt(value.key());
      out.writeInt(value.place());
    }

    @Override
    public Item read(DataInput in) throws IOException {
      return new Item(in.readInt(), in.readInt());
    }
  }

  /** In memory, in one run, just full, in many runs, and so many that runs are merged twice. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 100_000, 1_200_000})
  void itSortsAsAListDoes(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Item> expected = new ArrayList<>();
    try (SpilledSort<Item> sort = sort()) {
      for (int i = 0; i < count; i++) {
        Item item = new Item(random.nextInt(1000), i);
        expected.add(item);
        sort.add(item);
      }
      expected.sort(Comparator.comparing(Item::key));
      assertThat(sort.size()).isEqualTo(count);
      assertThat(all(sort)).as("seed %d", SEED).isEqualTo(expected);
      Iterator<Item> unfinished = sort.iterator();
      assertThat(unfinished.hasNext()).isEqualTo(count > 0);
      assertThat(all(sort)).as("read again").isEqualTo(expected);
    }
  }

  @Test
  void nothingStaysBehind(@TempDir Path folder) throws IOException {
    try (SpilledSort<Item> sort =
        new SpilledSort<>(Comparator.comparing(Item::key), new ItemForm(), folder)) {
      for (int i = 0; i < 20_000; i++) {
        sort.add(new Item(-i, i));
      }
      assertThat(folder).isNotEmptyDirectory();
      assertThat(sort.iterator().next()).isEqualTo(new Item(-19_999, 19_999));
    }
    assertThat(folder).isEmptyDirectory();
  }

  private static SpilledSort<Item> sort() {
    return new SpilledSort<>(Comparator.comparing(Item::key), new ItemForm());
  }

  private static List<Item> all(SpilledSort<Item> sort) {
    List<Item> all = new ArrayList<>();
    sort.forEach(all::add);
    return all;
  }
}
