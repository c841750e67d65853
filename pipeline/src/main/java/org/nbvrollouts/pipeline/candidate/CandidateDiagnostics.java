package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
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
 * @param targetBearingYawRad atan2(Δx, Δz) of the target seen from the centre, about world y; NaN
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
    double targetBearingYawRad) {

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
        StrictMath.atan2(toTarget.x(), toTarget.z()));
  }

  /** True if every bound that is present holds. */
  boolean respects(MotionBounds bounds) {
    return stepLengthMetres <= bounds.maxStepDistanceM().orElse(Double.POSITIVE_INFINITY)
        && heightDeltaMetres <= bounds.maxHeightDeltaM().orElse(Double.POSITIVE_INFINITY)
        && backwardStepMetres <= bounds.maxBackwardStepM().orElse(Double.POSITIVE_INFINITY)
        && StrictMath.toDegrees(yawDeltaRad)
            <= bounds.maxYawDeltaDeg().orElse(Double.POSITIVE_INFINITY);
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
