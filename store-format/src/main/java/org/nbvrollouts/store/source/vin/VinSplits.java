package org.nbvrollouts.store.source.vin;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.InputProblems;

/** The split files of a store, and whether they agree with its index (rule S-10). */
final class VinSplits {
  private static final String ALL = "all";
  private static final List<String> REQUIRED = List.of("train", "val");
  private static final String LATER = "test";

  private final VinFiles files;
  private final InputProblems problems;

  /** Whether a file could not be read, so that rows without a split say nothing. */
  private boolean isPartial;

  VinSplits(VinFiles files, InputProblems problems) {
    this.files = files;
    this.problems = problems;
  }

  /**
   * Reads and checks all split files; train, val and, where there is one, test must be disjoint,
   * cover every record, and agree with the split that the record names.
   *
   * <p>Where a file cannot be read, that alone is a problem: the rows that it may hold are not.
   *
   * @return rows per split that could be read, by name
   */
  SortedMap<String, Integer> check(List<VinIndexLine> records) {
    SortedMap<String, Integer> sizes = new TreeMap<>();
    String[] splitOf = new String[records.size()];
    for (String split : REQUIRED) {
      require(split).ifPresent(rows -> assign(split, rows, splitOf, sizes));
    }
    read(LATER).ifPresent(rows -> assign(LATER, rows, splitOf, sizes));
    for (int i = 0; i < splitOf.length; i++) {
      Optional<String> named = records.get(i).text("split");
      if (splitOf[i] == null) {
        if (!isPartial) {
          add("sample_index " + i + " is in none of them", "each in exactly one", "splits");
        }
      } else if (named.isPresent() && !splitOf[i].equals(named.get())) {
        add(
            "sample_index " + i + " names split " + named.get(),
            splitOf[i] + ", whose file holds it",
            path(splitOf[i]));
      }
    }
    require(ALL).ifPresent(rows -> checkAll(rows, records.size()));
    return sizes;
  }

  private static String path(String split) {
    return "splits/" + split + ".npy";
  }

  private Optional<long[]> read(String split) {
    try {
      return files.read(path(split)).map(npy -> NpyParser.longs(npy, files.place(path(split))));
    } catch (RefusedInputException refused) {
      problems.addAll(refused);
      isPartial = true;
      return Optional.empty();
    }
  }

  private Optional<long[]> require(String split) {
    int before = problems.lines().size();
    Optional<long[]> rows = read(split);
    if (rows.isEmpty() && problems.lines().size() == before) {
      problems.add(
          "Invalid splits: a file is missing (expected one, file="
              + files.place(path(split))
              + ")");
      isPartial = true;
    }
    return rows;
  }

  private void assign(
      String split, long[] rows, String[] splitOf, SortedMap<String, Integer> sizes) {
    sizes.put(split, rows.length);
    for (long row : rows) {
      if (row < 0 || row >= splitOf.length) {
        add("sample_index " + row, "0 to " + (splitOf.length - 1), path(split));
      } else if (splitOf[(int) row] != null) {
        add(
            "sample_index " + row + " is in " + splitOf[(int) row] + " and " + split,
            "each in exactly one",
            path(split));
      } else {
        splitOf[(int) row] = split;
      }
    }
  }

  private void checkAll(long[] rows, int records) {
    long[] sorted = rows.clone();
    Arrays.sort(sorted);
    boolean every = sorted.length == records;
    for (int i = 0; every && i < records; i++) {
      every = sorted[i] == i;
    }
    if (!every) {
      add(rows.length + " indices", "each of the " + records + " records once", path(ALL));
    }
  }

  private void add(String what, String rule, String path) {
    problems.add(
        "Invalid splits: %s (expected %s, file=%s)".formatted(what, rule, files.place(path)));
  }
}
