package org.nbvrollouts.jobs.shard;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.pipeline.rollout.GenerationLineage;
import org.nbvrollouts.pipeline.rollout.RolloutDatasetWriterStats;
import org.nbvrollouts.pipeline.rollout.SampleRolloutGenerator;
import org.nbvrollouts.pipeline.rollout.SampleRollouts;
import org.nbvrollouts.pipeline.rollout.Stage;
import org.nbvrollouts.pipeline.rollout.StageTimings;
import org.nbvrollouts.pipeline.rollout.WorkCounts;
import org.nbvrollouts.store.commit.BuiltShard;
import org.nbvrollouts.store.commit.ShardBuildException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardRow;
import org.nbvrollouts.store.manifest.SourceOutcome;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.zarr.RolloutZarrStoreStream;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Generates the rows of a shard and writes them as one store (specification generation 1, store 4).
 * The records of a row go to the store before the next row is computed, so the memory for a shard
 * does not grow with its rows; chunks are encoded in the background meanwhile. The store depends on
 * the rows and the configuration alone. Used for one shard, by one thread.
 */
public final class RolloutDatasetWriter {
  private static final Logger LOG = LoggerFactory.getLogger(RolloutDatasetWriter.class);
  private static final long NANOS_PER_MS = 1_000_000;

  private final CampaignConfig config;
  private final ShardSource source;
  private final BooleanSupplier stopRequested;
  private final List<SourceOutcome> outcomes = new ArrayList<>();
  private RolloutDatasetWriterStats stats = RolloutDatasetWriterStats.ZERO;
  private StageTimings timings = StageTimings.ZERO;
  private WorkCounts work = WorkCounts.ZERO;
  private long readNanos;
  private long meshNanos;
  private long writeNanos;

  RolloutDatasetWriter(CampaignConfig config, ShardSource source, BooleanSupplier stopRequested) {
    this.config = config;
    this.source = source;
    this.stopRequested = stopRequested;
  }

  /**
   * Builds the store of an entry.
   *
   * @param directory must not exist
   * @param layout how the store lies in it
   * @param context what the store manifest says beside its content
   * @throws ShardBuildException if a row or its mesh cannot be used, or the rows do not fit one
   *     store
   * @throws CancellationException if a stop was requested
   */
  BuiltShard write(
      RolloutShardEntry entry,
      Path directory,
      StoreLayout layout,
      RolloutStoreManifestContext context)
      throws InterruptedException {
    source.check(entry.rows());
    SampleRolloutGenerator generator = new SampleRolloutGenerator(config.writer().generation());
    GenerationLineage lineage = lineage(entry);
    RolloutZarrStoreWriter writer = new RolloutZarrStoreWriter(StoreConfigs.of(config, entry));
    try (OneAhead<RolloutShardRow, SourceSample> samples =
            new OneAhead<>(entry.rows(), source::sample);
        RolloutZarrStoreStream store = writer.open(directory, layout)) {
      for (RolloutShardRow row : entry.rows()) {
        stopIfRequested(entry);
        List<RolloutZarrRecord> records = generate(generator, lineage, row, samples);
        stored(
            entry,
            () -> {
              for (RolloutZarrRecord record : records) {
                store.append(record);
              }
            });
      }
      stopIfRequested(entry);
      stored(entry, () -> store.finish(context));
    }
    LOG.debug("Built {}: {}", entry.shardId(), stats);
    return new BuiltShard(outcomes, timingsMs());
  }

  /** Something that gives records to the store. */
  private interface Storing {
    void run() throws InterruptedException;
  }

  private void stored(RolloutShardEntry entry, Storing storing) throws InterruptedException {
    long start = System.nanoTime();
    try {
      storing.run();
    } catch (RefusedInputException e) {
      throw new ShardBuildException(
          FailureKind.MANIFEST_INVALID,
          "Cannot build shard %s: %s".formatted(entry.shardId(), e.getMessage()),
          e);
    }
    writeNanos += System.nanoTime() - start;
  }

  /** Work done over all rows. */
  WorkCounts work() {
    return work;
  }

  private List<RolloutZarrRecord> generate(
      SampleRolloutGenerator generator,
      GenerationLineage lineage,
      RolloutShardRow row,
      OneAhead<RolloutShardRow, SourceSample> samples)
      throws InterruptedException {
    long start = System.nanoTime();
    SourceSample sample = samples.next();
    long loaded = System.nanoTime();
    var mesh = source.mesh(sample.oracle().mesh());
    long ready = System.nanoTime();
    readNanos += loaded - start;
    meshNanos += ready - loaded;
    SampleRollouts rollouts = generator.generate(sample, mesh, lineage);
    stats = stats.plus(rollouts.stats());
    timings = timings.plus(rollouts.timings());
    work = work.plus(rollouts.work());
    outcomes.add(SourceOutcomes.of(row.order(), rollouts));
    return rollouts.records();
  }

  private GenerationLineage lineage(RolloutShardEntry entry) {
    return new GenerationLineage(
        config.hashes().candidate(),
        config.hashes().oracle(),
        config.hashes().rollout(),
        entry.sourceManifestHash(),
        entry.splitManifestHash(),
        entry.sourceCacheVersion());
  }

  private void stopIfRequested(RolloutShardEntry entry) {
    if (stopRequested.getAsBoolean() || Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Stopped (shard=" + entry.shardId() + ")");
    }
  }

  private Map<String, Long> timingsMs() {
    Map<String, Long> milliseconds = new LinkedHashMap<>();
    milliseconds.put("read", readNanos / NANOS_PER_MS);
    milliseconds.put("mesh", meshNanos / NANOS_PER_MS);
    for (Stage stage : Stage.values()) {
      milliseconds.put(stage.name().toLowerCase(Locale.ROOT), timings.of(stage) / NANOS_PER_MS);
    }
    milliseconds.put("write", writeNanos / NANOS_PER_MS);
    return milliseconds;
  }
}
