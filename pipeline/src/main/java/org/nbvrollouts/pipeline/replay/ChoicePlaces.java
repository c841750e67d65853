package org.nbvrollouts.pipeline.replay;

import java.util.List;
import org.nbvrollouts.store.source.Pose12;

/**
 * Where the valid candidates of a node are, and where the camera has been.
 *
 * @param worldFromCamera pose per valid candidate
 * @param strategies view strategy per valid candidate
 * @param places the root, then every chosen view
 * @param target centre of the target
 */
record ChoicePlaces(
    List<Pose12> worldFromCamera, List<Integer> strategies, List<Vector> places, Vector target) {

  ChoicePlaces {
    worldFromCamera = List.copyOf(worldFromCamera);
    strategies = List.copyOf(strategies);
    places = List.copyOf(places);
  }

  Vector centre(int row) {
    Pose12 pose = worldFromCamera.get(row);
    return new Vector(pose.tx(), pose.ty(), pose.tz());
  }

  /** Distance of each candidate to the nearest place before, metres. */
  double[] toAnyPlaceBefore() {
    double[] metres = new double[worldFromCamera.size()];
    for (int row = 0; row < metres.length; row++) {
      metres[row] = Double.POSITIVE_INFINITY;
      for (Vector place : places) {
        metres[row] = Math.min(metres[row], centre(row).minus(place).length());
      }
    }
    return metres;
  }

  /** Distance of each candidate to where the camera stands, metres. */
  double[] toLastPlace() {
    double[] metres = new double[worldFromCamera.size()];
    for (int row = 0; row < metres.length; row++) {
      metres[row] = centre(row).minus(places.get(places.size() - 1)).length();
    }
    return metres;
  }
}
