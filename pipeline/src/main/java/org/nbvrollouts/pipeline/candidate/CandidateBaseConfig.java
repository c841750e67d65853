package org.nbvrollouts.pipeline.candidate;

import java.util.List;
import java.util.OptionalInt;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.schema.PositionFamily;

/**
 * What the components of a mixture share (specification generation 8, table "Candidate base").
 *
 * @param cameraLabel stream whose calibration candidates carry: rgb, slaml or slamr
 * @param alignToGravity sample in a level frame instead of the physical one
 * @param shell region of centres
 * @param positionMode family of components that name none
 * @param view jitter of view directions
 * @param rules tests and thresholds
 * @param referenceFrameIndex trajectory pose to start from, the last one when empty
 * @param seed proposal seed
 * @param seedMode what component seeds depend on
 */
public record CandidateBaseConfig(
    String cameraLabel,
    boolean alignToGravity,
    ShellConfig shell,
    PositionFamily positionMode,
    ViewJitterConfig view,
    CandidateRulesConfig rules,
    OptionalInt referenceFrameIndex,
    long seed,
    SeedMode seedMode) {

  /** Streams of the rig. */
  public static final List<String> CAMERA_LABELS = List.of("rgb", "slaml", "slamr");

  public CandidateBaseConfig {
    ConfigCheck.oneOf("camera_label", CAMERA_LABELS, cameraLabel);
    referenceFrameIndex.ifPresent(index -> ConfigCheck.atLeast("reference_frame_index", index, 0));
    ConfigCheck.atLeast("seed", seed, 0);
  }

  /** Base of the realistic mixture of June 2026, without jitter. */
  public static CandidateBaseConfig juneDefault() {
    return of(
        ShellConfig.juneDefault(), ViewJitterConfig.none(), CandidateRulesConfig.juneDefault());
  }

  /** The default base with these parts. */
  static CandidateBaseConfig of(
      ShellConfig shell, ViewJitterConfig view, CandidateRulesConfig rules) {
    return new CandidateBaseConfig(
        "rgb",
        true,
        shell,
        PositionFamily.UPPER_BOUND_FREE_SHELL,
        view,
        rules,
        OptionalInt.empty(),
        0,
        SeedMode.STATE_KEYED);
  }
}
