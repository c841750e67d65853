package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.store.source.AxisAlignedBox;

/**
 * What the rules measure of one candidate (specification generation 4.4 and 4.8).
 *
 * @param insideExtent centre lies in the occupancy extent, border included
 * @param freeSpaceMarginMetres distance to the nearest border inside, minus the distance outside
 * @param stepLengthMetres length of the move
 * @param heightDeltaMetres change of height
 * @param backwardStepMetres move against the forward axis, at least 0
 * @param yawDeltaRad horizontal angle between forward axes, in [0, π]
 * @param targetDistanceMetres NaN without a target
 * @param targetBearingYawRad atan2(Δx, Δz) of the target seen from the centre, about world y and
 *     not about up; NaN without a target
 * @param targetBearingAboutUpRad atan2(Δy, Δx) of the target seen from the centre, about up; NaN
 *     without a target
 */
record CandidateDiagnostics(
    boolean insideExtent,
    double freeSpaceMarginMetres,
    double stepLengthMetres,
    double heightDeltaMetres,
    double backwardStepMetres,
    double yawDeltaRad,
    double targetDistanceMetres,
    double targetBearingYawRad,
    double targetBearingAboutUpRad) {

  private static final int STEP = 1;
  private static final int HEIGHT = 2;
  private static final int BACKWARD = 4;
  private static final int YAW = 8;
  private static final double LEAST_HORIZONTAL = 1e-8;

  static CandidateDiagnostics measure(
      SampledCandidate candidate,
      SamplingFrame frame,
      AxisAlignedBox extent,
      Optional<Vector3> targetWorld) {
    Vector3 centre = candidate.centreWorld();
    Vector3 toTarget =
        targetWorld
            .map(target -> target.minus(centre))
            .orElse(new Vector3(Double.NaN, Double.NaN, Double.NaN));
    return new CandidateDiagnostics(
        extent.contains(centre.x(), centre.y(), centre.z()),
        margin(extent, centre),
        candidate.offsetLocal().norm(),
        Math.abs(centre.minus(frame.originWorld()).dot(Vector3.WORLD_UP)),
        Math.max(0, -candidate.offsetLocal().z()),
        yawDelta(frame.axes().z(), candidate.forwardWorld()),
        toTarget.norm(),
        StrictMath.atan2(toTarget.x(), toTarget.z()),
        StrictMath.atan2(toTarget.y(), toTarget.x()));
  }

  /**
   * The bounds that are present and do not hold: 1 for the step, 2 for the height, 4 for the step
   * back, 8 for the turn, added up.
   */
  int brokenBounds(MotionBounds bounds) {
    return broken(stepLengthMetres, bounds.maxStepDistanceM(), STEP)
        | broken(heightDeltaMetres, bounds.maxHeightDeltaM(), HEIGHT)
        | broken(backwardStepMetres, bounds.maxBackwardStepM(), BACKWARD)
        | broken(StrictMath.toDegrees(yawDeltaRad), bounds.maxYawDeltaDeg(), YAW);
  }

  private static int broken(double measured, OptionalDouble bound, int bit) {
    return measured <= bound.orElse(Double.POSITIVE_INFINITY) ? 0 : bit;
  }

  private static double yawDelta(Vector3 reference, Vector3 forward) {
    Vector3 a = SamplingFrame.horizontal(reference);
    Vector3 b = SamplingFrame.horizontal(forward);
    return a.norm() < LEAST_HORIZONTAL || b.norm() < LEAST_HORIZONTAL
        ? angle(reference, forward)
        : angle(a, b);
  }

  private static double angle(Vector3 a, Vector3 b) {
    return StrictMath.atan2(a.cross(b).norm(), a.dot(b));
  }

  private static double margin(AxisAlignedBox extent, Vector3 p) {
    double x = Math.min(p.x() - extent.minX(), extent.maxX() - p.x());
    double y = Math.min(p.y() - extent.minY(), extent.maxY() - p.y());
    double z = Math.min(p.z() - extent.minZ(), extent.maxZ() - p.z());
    double inside = Math.min(x, Math.min(y, z));
    return inside >= 0
        ? inside
        : -new Vector3(Math.min(x, 0), Math.min(y, 0), Math.min(z, 0)).norm();
  }
}
