package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.store.source.SourceSample;

/**
 * Chooses the targets of a sample (specification generation 3). Implementations are immutable and
 * depend on the sample and their configuration alone.
 */
public sealed interface RolloutTargetSource
    permits ActorVisibleTargetSelector, OracleTargetTaskSampler {

  /** The targets in order, what was turned down and why, and the reason if there is no target. */
  TargetSelection select(SourceSample sample);
}
