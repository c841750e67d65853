package org.nbvrollouts.store.zarr;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.synthetic.SyntheticRollouts;
import org.nbvrollouts.store.synthetic.SyntheticShape;
import org.nbvrollouts.store.table.ArrayRows;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Writes a large synthetic store and reads it again, for comparison with other Zarr libraries on
 * the same files: {@code store-format/src/benchmarks/compare-readers}. Every write goes to a new
 * folder and nothing is deleted meanwhile: ext4 takes several times as long to make files while it
 * remembers deleted ones.
 */
final class ReaderBenchmark {
  private static final int WARM_UPS = 10;

  /** Reads are short: ten of them are over long before the compiler has seen what is hot. */
  private static final long WARM_UP_NANOS = 6_000_000_000L;

  private static final int RUNS = 7;
  private static final List<String> DEPTH =
      List.of("selected_depth/depth_m", "selected_depth/valid_mask");
  private static final PrintStream OUT = new PrintStream(System.out, true);

  private ReaderBenchmark() {}

  /** Arguments: a folder that must not exist, source rows. */
  public static void main(String[] arguments) throws InterruptedException {
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
    TableStores.write(new LocalStoreFiles(folder), tables);
    List<String> all = StoreSchema.current().arrays().stream().map(ArraySpec::path).toList();
    measure(folder, tables, "tables", all.stream().filter(path -> !DEPTH.contains(path)).toList());
    measure(folder, tables, "depth", DEPTH);
  }

  private static void measure(Path folder, RolloutTables tables, String what, List<String> paths)
      throws InterruptedException {
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(folder);
    print("read", what, rawBytes(store, paths), reading(folder, paths));
    Path written = folder.resolveSibling("written-" + what);
    print("write", what, rawBytes(store, paths), writing(written, tables, paths));
    OUT.println("files  " + what + " " + count(written.resolve("0")));
    delete(written);
  }

  private static long[] writing(Path folder, RolloutTables tables, List<String> paths)
      throws InterruptedException {
    long[] times = new long[RUNS];
    for (int run = RUNS + WARM_UPS - 1; run >= 0; run--) {
      long start = System.nanoTime();
      write(new LocalStoreFiles(folder.resolve(String.valueOf(run))), tables, paths);
      if (run < RUNS) {
        times[run] = System.nanoTime() - start;
      }
    }
    return times;
  }

  /** Documents and chunks of some arrays, as a whole store has them. */
  private static void write(LocalStoreFiles files, RolloutTables tables, List<String> paths)
      throws InterruptedException {
    try (Scratch scratch = new Scratch(Path.of(System.getProperty("java.io.tmpdir")));
        Encoders encoders = new Encoders()) {
      Map<String, ArrayWriter> arrays = new LinkedHashMap<>();
      Map<String, Object> documents = new TreeMap<>();
      for (String path : paths) {
        ArrayRows rows = tables.arrays().get(path);
        ArraySpec spec = StoreSchema.current().array(path).orElseThrow();
        List<Integer> rowShape = rows.shape().subList(1, rows.shape().size());
        ArrayWriter array =
            new ArrayWriter(encoders, scratch, spec, rowShape, tables.description().config());
        arrays.put(path, array);
        array.append(rows);
        array.end();
        documents.put(path, array.document().toJson());
      }
      for (ArrayWriter array : arrays.values()) {
        array.finish();
      }
      StoreDocuments.writeNodes(files, documents, arrays, encoders);
    }
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
    long begin = System.nanoTime();
    for (int run = -WARM_UPS; run < RUNS; run++) {
      if (run == 0 && System.nanoTime() - begin < WARM_UP_NANOS) {
        run = -1;
      }
      long start = System.nanoTime();
      long checked = 0;
      try (RolloutZarrStoreReader store = RolloutZarrStoreReader.open(folder)) {
        for (TypedArray array : store.arrays(paths).values()) {
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
        "%-6s %-6s %8.1f MB %8.3f s %8.1f MB/s%n",
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

  private static String count(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> files = paths.filter(Files::isRegularFile).toList();
      long bytes = 0;
      for (Path file : files) {
        bytes += Files.size(file);
      }
      return String.format(Locale.ROOT, "%d, %.1f MB", files.size(), bytes / 1e6);
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
