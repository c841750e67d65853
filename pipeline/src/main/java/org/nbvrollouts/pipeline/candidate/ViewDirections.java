package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Camera axes of a candidate before jitter (specification generation 4.3). */
final class ViewDirections {
  private static final double LEAST_LENGTH = 1e-6;

  private ViewDirections() {}

  /**
   * Axes in world coordinates. A direction between coinciding points falls back to the forward axis
   * of the sampling frame, a vertical one to axes without roll.
   *
   * @param targetWorld required by {@link ViewStrategy#TARGET_POINT} alone
   */
  static Rotation3 axes(
      ViewStrategy strategy,
      SamplingFrame frame,
      Vector3 centreWorld,
      Optional<Vector3> targetWorld) {
    Vector3 fallback = frame.axes().z();
    Vector3 away = centreWorld.minus(frame.originWorld());
    return switch (strategy) {
      case FORWARD_RIG -> frame.axes();
      case RADIAL_AWAY -> ViewAxes.level(away.normalisedOr(fallback, LEAST_LENGTH));
      case RADIAL_TOWARDS -> ViewAxes.level(away.times(-1).normalisedOr(fallback, LEAST_LENGTH));
      case TARGET_POINT ->
          ViewAxes.upright(
              targetWorld.orElseThrow().minus(centreWorld).normalisedOr(fallback, LEAST_LENGTH));
    };
  }
}
