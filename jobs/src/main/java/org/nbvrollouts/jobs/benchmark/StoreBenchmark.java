package org.nbvrollouts.jobs.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.check.StoreSeals;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.synthetic.SyntheticRollouts;
import org.nbvrollouts.store.synthetic.SyntheticShape;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.RolloutZarrStoreStream;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * How long a store of a size takes on a disk: made of synthetic records, written, judged by every
 * check and sealed, as a shard of a campaign is. For one thread.
 */
public final class StoreBenchmark {
  private final SyntheticRollouts rollouts;
  private final StoreLayout layout;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final List<StoreBenchmarkReport.Stage> stages = new ArrayList<>();

  public StoreBenchmark(
      SyntheticShape shape, long seed, StoreLayout layout, Clock clock, LongSupplier nanoTime) {
    this.rollouts = new SyntheticRollouts(shape, seed);
    this.layout = layout;
    this.clock = clock;
    this.nanoTime = nanoTime;
  }

  /**
   * Writes, judges and seals the store.
   *
   * @param directory must not exist; the store stays there
   */
  public StoreBenchmarkReport run(Path directory) throws InterruptedException {
    write(directory);
    try (RolloutZarrStoreReader store = RolloutZarrStoreReader.open(directory)) {
      ProcessResources.resetPeaks();
      long startCpu = ProcessResources.cpuNanos();
      long start = nanoTime.getAsLong();
      RolloutZarrValidationResult verdict = RolloutZarrValidator.validateRolloutZarrStore(store);
      end("validate", start, startCpu);
      String dataSha256 = "";
      if (verdict.isStrictlyOk()) {
        startCpu = ProcessResources.cpuNanos();
        start = nanoTime.getAsLong();
        dataSha256 = StoreSeals.of(store).dataSha256();
        end("seal", start, startCpu);
      }
      return new StoreBenchmarkReport(
          rollouts.shape(), rawBytes(store), sizes(directory), stages, verdict, dataSha256);
    }
  }

  private void write(Path directory) throws InterruptedException {
    ProcessResources.resetPeaks();
    long startCpu = ProcessResources.cpuNanos();
    long start = nanoTime.getAsLong();
    long making = 0;
    RolloutZarrStoreWriter writer = new RolloutZarrStoreWriter(rollouts.config());
    try (RolloutZarrStoreStream store = writer.open(directory, layout)) {
      for (int row = 0; row < rollouts.shape().rows(); row++) {
        long before = nanoTime.getAsLong();
        List<RolloutZarrRecord> records = rollouts.row(row);
        making += nanoTime.getAsLong() - before;
        for (RolloutZarrRecord record : records) {
          store.append(record);
        }
      }
      store.finish(RolloutStoreManifestContext.programmatic(clock.instant()));
    }
    long nanos = nanoTime.getAsLong() - start;
    long cpuNanos = ProcessResources.cpuNanos() - startCpu;
    stages.add(new StoreBenchmarkReport.Stage("make records", making, 0, 0));
    stages.add(
        new StoreBenchmarkReport.Stage(
            "make and write", nanos, cpuNanos, ProcessResources.peakHeap()));
  }

  private void end(String stage, long startNanos, long startCpuNanos) {
    long nanos = nanoTime.getAsLong() - startNanos;
    long cpuNanos = ProcessResources.cpuNanos() - startCpuNanos;
    stages.add(new StoreBenchmarkReport.Stage(stage, nanos, cpuNanos, ProcessResources.peakHeap()));
    ProcessResources.resetPeaks();
  }

  /** Bytes of all elements, as if nothing were compressed. */
  private static long rawBytes(RolloutZarrStoreReader store) {
    long bytes = 0;
    for (String path : store.arrayPaths()) {
      bytes +=
          store.shape(path).stream().reduce(1L, Math::multiplyExact)
              * store.elementType(path).bytes();
    }
    return bytes;
  }

  private static List<Long> sizes(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Long> sizes = new ArrayList<>();
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        sizes.add(Files.size(path));
      }
      return sizes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
