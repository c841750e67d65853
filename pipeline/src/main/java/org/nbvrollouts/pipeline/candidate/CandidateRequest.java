package org.nbvrollouts.pipeline.candidate;

import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * One node to sample candidates for.
 *
 * @param referenceWorldFromCamera physical pose of the node, x left, y up, z forward; the root is
 *     already twisted ({@link RigTwist})
 * @param targetCentreWorld what the generator may know of the target, world metres, or empty
 * @param occupancyExtent bounds of free space, world metres
 * @param node identity of the node
 */
public record CandidateRequest(
    Pose12 referenceWorldFromCamera,
    Optional<Point3> targetCentreWorld,
    AxisAlignedBox occupancyExtent,
    NodeKey node) {

  public CandidateRequest {
    if (!referenceWorldFromCamera.isFinite()) {
      throw new RefusedInputException(
          "Cannot sample candidates: the reference pose is not finite (pose="
              + referenceWorldFromCamera
              + ", node="
              + node
              + ")");
    }
    targetCentreWorld.ifPresent(
        centre -> {
          if (!(Double.isFinite(centre.x())
              && Double.isFinite(centre.y())
              && Double.isFinite(centre.z()))) {
            throw new RefusedInputException(
                "Cannot sample candidates: the target centre is not finite (centre="
                    + centre
                    + ", node="
                    + node
                    + ")");
          }
        });
  }
}
