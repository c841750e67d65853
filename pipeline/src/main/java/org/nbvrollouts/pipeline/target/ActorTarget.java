package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.Point3;

/**
 * What the candidate generator and the policies may know of a target.
 *
 * @param targetId identity across stores
 * @param rank position in the selection, from 0
 * @param centreWorld centre of the object, world metres, finite
 * @param evidence what the snippet shows of the object
 */
public record ActorTarget(String targetId, int rank, Point3 centreWorld, TargetEvidence evidence) {

  public ActorTarget {
    if (!(Double.isFinite(centreWorld.x())
        && Double.isFinite(centreWorld.y())
        && Double.isFinite(centreWorld.z()))) {
      throw new RefusedInputException(
          "Invalid target centre: "
              + centreWorld
              + " (expected finite metres, target="
              + targetId
              + ")");
    }
  }
}
