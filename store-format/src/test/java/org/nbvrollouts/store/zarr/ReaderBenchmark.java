package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.synthetic.SyntheticRollouts;
import org.nbvrollouts.store.synthetic.SyntheticShape;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Writes a large synthetic store and reads it again, for comparison with other Zarr libraries on
 * the same files: {@code store-format/src/benchmarks/compare-readers}.
 */
final class ReaderBenchmark {
  private static final int WARM_UPS = 3;
  private static final int RUNS = 7;
  private static final PrintStream OUT = new PrintStream(System.out, true);

  private ReaderBenchmark() {}

  /** Arguments: a folder that must not exist, source rows. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    SyntheticShape shape =
        SyntheticShape.of(Integer.parseInt(arguments[1]), 3, 6, 10, 60).withDepth(240);
    SyntheticRollouts rollouts = new SyntheticRollouts(shape, 7L);
    List<RolloutZarrRecord> records = new ArrayList<>();
    for (int row = 0; row < shape.rows(); row++) {
      records.addAll(rollouts.row(row));
    }
    RolloutTables tables = RolloutTables.of(records, rollouts.config(), WorkedExample.context());
    records.clear();
    long[] writing = new long[RUNS];
    for (int run = -1; run < RUNS; run++) {
      delete(folder);
      long start = System.nanoTime();
      TableStores.write(new LocalStoreFiles(folder), tables);
      if (run >= 0) {
        writing[run] = System.nanoTime() - start;
      }
    }
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(folder);
    List<String> depth = List.of("selected_depth/depth_m", "selected_depth/valid_mask");
    List<String> all = store.arrayPaths();
    List<String> other = all.stream().filter(path -> !depth.contains(path)).toList();
    print("write", "everything", rawBytes(store, all), writing);
    OUT.println("files " + count(folder));
    print("read", "tables", rawBytes(store, other), reading(folder, other));
    print("read", "depth", rawBytes(store, depth), reading(folder, depth));
  }

  private static long rawBytes(RolloutZarrStoreReader store, List<String> paths) {
    long bytes = 0;
    for (String path : paths) {
      long size = store.elementType(path).bytes();
      for (long length : store.shape(path)) {
        size *= length;
      }
      bytes += size;
    }
    return bytes;
  }

  private static long[] reading(Path folder, List<String> paths) {
    long[] times = new long[RUNS];
    for (int run = -WARM_UPS; run < RUNS; run++) {
      long start = System.nanoTime();
      long checked = 0;
      try (RolloutZarrStoreReader store = RolloutZarrStoreReader.open(folder)) {
        for (String path : paths) {
          TypedArray array = store.array(path);
          checked += array.size();
        }
      }
      if (checked == 0) {
        throw new IllegalStateException("Cannot measure: nothing was read");
      }
      if (run >= 0) {
        times[run] = System.nanoTime() - start;
      }
    }
    return times;
  }

  private static void print(String verb, String what, long bytes, long[] nanos) {
    double median = Stream.of(boxed(nanos)).sorted().toList().get(nanos.length / 2) / 1e9;
    OUT.printf(
        Locale.ROOT,
        "%-6s %-11s %8.1f MB %8.3f s %8.1f MB/s%n",
        verb,
        what,
        bytes / 1e6,
        median,
        bytes / 1e6 / median);
  }

  private static Long[] boxed(long[] values) {
    Long[] boxed = new Long[values.length];
    for (int i = 0; i < values.length; i++) {
      boxed[i] = values[i];
    }
    return boxed;
  }

  private static long count(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
