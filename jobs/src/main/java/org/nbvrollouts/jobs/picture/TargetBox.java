package org.nbvrollouts.jobs.picture;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.explain.CandidateCase;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * The true box of a target.
 *
 * @param bounds in the object frame, metres
 * @param marginMetres how far labels look beyond the box
 */
record TargetBox(Pose12 worldFromObject, AxisAlignedBox bounds, double marginMetres) {

  /**
   * One of the twelve edges of a box.
   *
   * @param from world metres
   * @param to world metres
   */
  record Edge(Point3 from, Point3 to) {}

  static TargetBox of(CandidateCase candidate) {
    OracleTarget truth = candidate.origin().target().oracle().orElseThrow();
    return new TargetBox(
        truth.worldFromObject(),
        truth.boundsObject(),
        candidate.origin().config().writer().generation().targetScorer().targetCropMarginMetres());
  }

  /** The edges of the box grown by its margin. */
  List<Edge> grownEdges() {
    return edges(worldFromObject, bounds, marginMetres);
  }

  /** The edges of a box grown on all sides. */
  static List<Edge> edges(Pose12 worldFromObject, AxisAlignedBox box, double grown) {
    List<Point3> corners = new ArrayList<>();
    for (int corner = 0; corner < 8; corner++) {
      double x = (corner & 1) == 0 ? box.minX() - grown : box.maxX() + grown;
      double y = (corner & 2) == 0 ? box.minY() - grown : box.maxY() + grown;
      double z = (corner & 4) == 0 ? box.minZ() - grown : box.maxZ() + grown;
      corners.add(worldFromObject.apply(x, y, z));
    }
    List<Edge> edges = new ArrayList<>();
    for (int corner = 0; corner < 8; corner++) {
      for (int axis = 1; axis < 8; axis <<= 1) {
        if ((corner & axis) == 0) {
          edges.add(new Edge(corners.get(corner), corners.get(corner | axis)));
        }
      }
    }
    return edges;
  }
}
