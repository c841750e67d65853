package org.nbvrollouts.pipeline.candidate;

import static org.nbvrollouts.store.schema.PositionFamily.FORWARD_LOCAL;
import static org.nbvrollouts.store.schema.PositionFamily.LATERAL_TARGET_BYPASS;
import static org.nbvrollouts.store.schema.PositionFamily.TARGET_BEARING_LOCAL;
import static org.nbvrollouts.store.schema.PositionFamily.UPPER_BOUND_FREE_SHELL;
import static org.nbvrollouts.store.schema.ViewStrategy.FORWARD_RIG;
import static org.nbvrollouts.store.schema.ViewStrategy.RADIAL_AWAY;
import static org.nbvrollouts.store.schema.ViewStrategy.RADIAL_TOWARDS;
import static org.nbvrollouts.store.schema.ViewStrategy.TARGET_POINT;

import java.util.List;

/** Mixtures with a name (specification generation 4.5). Jitter is 0 in all of them. */
final class CandidateMixtures {
  private CandidateMixtures() {}

  /** June 2026: forward, target bearing and lateral bypass, 60 rows, motion bounded. */
  static CandidateMixtureConfig realistic() {
    return new CandidateMixtureConfig(
        CandidateBaseConfig.juneDefault(),
        List.of(
            CandidateComponentConfig.of("forward_local", 24, FORWARD_LOCAL, FORWARD_RIG),
            CandidateComponentConfig.of(
                "target_bearing_local", 24, TARGET_BEARING_LOCAL, TARGET_POINT),
            CandidateComponentConfig.of(
                "lateral_target_bypass", 12, LATERAL_TARGET_BYPASS, TARGET_POINT)));
  }

  /** May 2026: the free shell with four view strategies, 60 rows, motion unbounded. */
  static CandidateMixtureConfig freeShellViews() {
    return new CandidateMixtureConfig(
        freeShellBase(),
        List.of(
            CandidateComponentConfig.of("target_point", 24, UPPER_BOUND_FREE_SHELL, TARGET_POINT),
            CandidateComponentConfig.of(
                "radial_towards", 12, UPPER_BOUND_FREE_SHELL, RADIAL_TOWARDS),
            CandidateComponentConfig.of("radial_away", 12, UPPER_BOUND_FREE_SHELL, RADIAL_AWAY),
            CandidateComponentConfig.of("forward_rig", 12, UPPER_BOUND_FREE_SHELL, FORWARD_RIG)));
  }

  /** Free shell alone, 60 rows: an upper bound without realistic motion. */
  static CandidateMixtureConfig freeShellUpperBound() {
    return new CandidateMixtureConfig(
        freeShellBase(),
        List.of(
            CandidateComponentConfig.of(
                "upper_bound_free_shell", 60, UPPER_BOUND_FREE_SHELL, RADIAL_AWAY)));
  }

  private static CandidateBaseConfig freeShellBase() {
    return CandidateBaseConfig.of(
        ShellConfig.classDefault(), ViewJitterConfig.none(), CandidateRulesConfig.classDefault());
  }
}
