package org.nbvrollouts.store.source.bundle;

import java.util.List;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;

/**
 * The boxes of a scene that one snippet has seen: those that hold one of its points. A bundle lists
 * the objects of the whole scene, a source row those of its snippet; an object behind two walls is
 * no target there.
 */
final class SeenBoxes {
  /** Boxes are grown by this on every side, so that a picture or a rug of no thickness counts. */
  static final double MARGIN_METRES = 0.05;

  private SeenBoxes() {}

  /** Seen boxes in their order; all of them if there is no point to tell. */
  static BoxTable of(BoxTable scene, PointCloud pointsWorld) {
    if (pointsWorld.size() == 0) {
      return scene;
    }
    List<OrientedBox> seen =
        scene.boxes().stream().filter(box -> holdsAny(box, pointsWorld)).toList();
    return new BoxTable(seen, scene.frame(), scene.classNames());
  }

  private static boolean holdsAny(OrientedBox box, PointCloud points) {
    Pose12 objectFromWorld = box.tableFromObject().inverse();
    for (int i = 0; i < points.size(); i++) {
      double x = points.x(i);
      double y = points.y(i);
      double z = points.z(i);
      if (isInside(box, 0, objectFromWorld.applyX(x, y, z))
          && isInside(box, 1, objectFromWorld.applyY(x, y, z))
          && isInside(box, 2, objectFromWorld.applyZ(x, y, z))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInside(OrientedBox box, int axis, double local) {
    return local >= box.min(axis) - MARGIN_METRES && local <= box.max(axis) + MARGIN_METRES;
  }
}
