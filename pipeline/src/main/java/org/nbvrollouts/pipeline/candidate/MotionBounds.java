package org.nbvrollouts.pipeline.candidate;

import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * What a wearer can do in one step; an absent bound is not tested (specification generation 4.4).
 *
 * @param maxStepDistanceM length of the move, metres
 * @param maxHeightDeltaM change of height either way, metres
 * @param maxBackwardStepM move against the forward axis, metres
 * @param maxYawDeltaDeg horizontal turn either way, degrees
 */
public record MotionBounds(
    OptionalDouble maxStepDistanceM,
    OptionalDouble maxHeightDeltaM,
    OptionalDouble maxBackwardStepM,
    OptionalDouble maxYawDeltaDeg) {

  public MotionBounds {
    ConfigCheck.greaterThan("max_step_distance_m", maxStepDistanceM, 0);
    ConfigCheck.atLeast("max_height_delta_m", maxHeightDeltaM, 0);
    ConfigCheck.atLeast("max_backward_step_m", maxBackwardStepM, 0);
    ConfigCheck.atLeast("max_yaw_delta_deg", maxYawDeltaDeg, 0);
  }

  /** No bound at all. */
  static MotionBounds unbounded() {
    return new MotionBounds(
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  /** The four bounds: metres, metres, metres, degrees. */
  public static MotionBounds of(double step, double height, double backward, double yawDeg) {
    return new MotionBounds(
        OptionalDouble.of(step),
        OptionalDouble.of(height),
        OptionalDouble.of(backward),
        OptionalDouble.of(yawDeg));
  }

  /** Bounds of the realistic mixture of June 2026. */
  public static MotionBounds juneDefault() {
    return of(1.0, 0.25, 0.25, 70);
  }
}
