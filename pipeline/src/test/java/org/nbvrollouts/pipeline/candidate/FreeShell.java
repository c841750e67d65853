package org.nbvrollouts.pipeline.candidate;

import java.util.List;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Mixtures without bounds on motion for tests. */
final class FreeShell {
  private FreeShell() {}

  /** The wide shell, jitter of 60° and 30°, every rule but that of motion. */
  static CandidateBaseConfig base() {
    return base(PathRule.SAMPLED_CLEARANCE, ViewJitterConfig.caps(60, 30));
  }

  static CandidateBaseConfig base(PathRule pathRule, ViewJitterConfig view) {
    return CandidateBaseConfig.of(
        new ShellConfig(0.5, 1.8, -20, 25, 170, DirectionSampling.UNIFORM_SPHERE, 4),
        view,
        new CandidateRulesConfig(
            true, false, MotionBounds.unbounded(), 0.2, true, pathRule, 32, 0.1));
  }

  /** One component of a family that needs no target. */
  static CandidateMixtureConfig mixture(CandidateBaseConfig base, int count) {
    return new CandidateMixtureConfig(
        base,
        List.of(
            CandidateComponentConfig.of(
                "shell", count, PositionFamily.UPPER_BOUND_FREE_SHELL, ViewStrategy.RADIAL_AWAY)));
  }
}
