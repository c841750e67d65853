package org.nbvrollouts.pipeline.policy;

import java.util.List;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * What a policy may know of a node: the label of every valid candidate, and geometry that an actor
 * has. True boxes, meshes and clouds are out of its reach.
 *
 * @param scores label per valid candidate in shell order; rows whose label is not finite are never
 *     chosen
 * @param worldFromCamera pose per valid candidate, x left, y up, z forward, world metres
 * @param strategyIds view strategy per valid candidate, −1 if it has none
 * @param chainCentresWorld where the camera has been, world metres: the root, then every chosen
 *     view; the last one is where it stands
 * @param targetCentreWorld where the actor believes the target to be, world metres
 */
public record SelectionInput(
    DoubleColumn scores,
    List<Pose12> worldFromCamera,
    IntColumn strategyIds,
    List<Point3> chainCentresWorld,
    Point3 targetCentreWorld) {

  public SelectionInput {
    worldFromCamera = List.copyOf(worldFromCamera);
    chainCentresWorld = List.copyOf(chainCentresWorld);
    if (worldFromCamera.size() != scores.length() || strategyIds.length() != scores.length()) {
      throw ConfigCheck.invalid(
          "selection input",
          worldFromCamera.size() + " poses and " + strategyIds.length() + " strategies",
          "one per score, " + scores.length());
    }
    if (chainCentresWorld.isEmpty()) {
      throw ConfigCheck.invalid("selection input", "no centre of the chain", "at least the root");
    }
  }

  /** Number of valid candidates. */
  public int size() {
    return scores.length();
  }

  /** True if the label of a candidate is a number that can be chosen by. */
  boolean isSelectable(int row) {
    return Double.isFinite(scores.at(row));
  }

  /** Where the camera stands. */
  Point3 referenceCentreWorld() {
    return chainCentresWorld.get(chainCentresWorld.size() - 1);
  }

  /** Distance of a candidate to a point, metres. */
  double distanceTo(Point3 point, int row) {
    Pose12 pose = worldFromCamera.get(row);
    return length(pose.tx() - point.x(), pose.ty() - point.y(), pose.tz() - point.z());
  }

  /** Distance of two candidates, metres. */
  double distanceBetween(int row, int other) {
    return distanceTo(worldFromCamera.get(other).translation(), row);
  }

  /** Distance of a candidate to the nearest place the camera has been, metres. */
  double distanceToChain(int row) {
    double least = Double.POSITIVE_INFINITY;
    for (Point3 centre : chainCentresWorld) {
      least = Math.min(least, distanceTo(centre, row));
    }
    return least;
  }

  private static double length(double x, double y, double z) {
    return Math.sqrt(x * x + y * y + z * z);
  }
}
