package org.nbvrollouts.pipeline.rollout;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.nbvrollouts.pipeline.oracle.RootCloudBuilder;
import org.nbvrollouts.pipeline.oracle.RootEvaluationCloud;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.pipeline.target.RolloutTargetSource;
import org.nbvrollouts.pipeline.target.TargetSelection;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Generates the rollouts of source rows (specification generation 1). The result depends on the
 * row, the mesh and the configuration alone, timings apart. For one thread at a time: buffers are
 * reused between rows.
 */
public final class SampleRolloutGenerator {
  private final RolloutGenerationConfig config;
  private final RolloutTargetSource targets;
  private final VoxelFusion fusion = new VoxelFusion();
  private final LongSupplier nanoseconds;

  /** A generator that times its stages with the JVM's own timer. */
  public SampleRolloutGenerator(RolloutGenerationConfig config) {
    this(config, System::nanoTime);
  }

  /**
   * A generator with a timer of the caller's.
   *
   * @param nanoseconds never runs backwards; only differences are used
   */
  public SampleRolloutGenerator(RolloutGenerationConfig config, LongSupplier nanoseconds) {
    this.config = config;
    this.targets = config.targetSource().newTargetSource();
    this.nanoseconds = nanoseconds;
  }

  /**
   * Generates all records of a row. Data defects skip a row, target or recipe with a reason.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if the stored root cloud was made
   *     with other settings than the configuration's, or the trajectory lacks the configured
   *     reference frame
   */
  public SampleRollouts generate(SourceSample sample, SceneMesh mesh, GenerationLineage lineage) {
    StageClock clock = new StageClock(nanoseconds);
    OutcomeCollector outcome = new OutcomeCollector(sample.identity().sampleKey());
    if (mesh.mesh().faceCount() == 0) {
      outcome.skipSampleWithoutMesh();
      return outcome.finish(clock);
    }
    long mark = clock.start();
    TargetSelection selection = targets.select(sample);
    clock.stop(Stage.TARGETS, mark);
    if (selection.skipReason().isPresent()) {
      outcome.skipSample(selection.skipReason().get());
      return outcome.finish(clock);
    }
    RootFacts root = RootFacts.of(sample, config.candidateMixture().base().referenceFrameIndex());
    mark = clock.start();
    Optional<RootEvaluationCloud> cloud =
        new RootCloudBuilder(config.targetScorer(), fusion)
            .build(sample, mesh.bvh(), root.frames(sample.actor().trajectory()));
    clock.stop(Stage.ROOT_CLOUD, mark);
    cloud.ifPresent(outcome::rootCloud);
    if (cloud.isEmpty() || cloud.get().pointsWorld().isEmpty()) {
      outcome.skipSample(
          cloud.isEmpty() ? SkipReason.ROOT_CLOUD_MISSING : SkipReason.ROOT_CLOUD_EMPTY);
      return outcome.finish(clock);
    }
    SampleContext context =
        SampleContext.of(config, sample, mesh, root, cloud.get().pointsWorld(), fusion, clock);
    RecordAssembler assembler =
        new RecordAssembler(config, sample.identity(), root, mesh.meshVersion(), lineage);
    new TargetRollouts(config, context, mesh.mesh(), fusion, assembler, outcome)
        .run(selection.selected());
    return outcome.finish(clock);
  }
}
