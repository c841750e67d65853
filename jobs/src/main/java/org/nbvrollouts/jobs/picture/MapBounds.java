package org.nbvrollouts.jobs.picture;

import java.util.List;
import org.nbvrollouts.store.source.Point3;

/** What a map must show, metres along the axes of a projection. */
record MapBounds(double lowU, double highU, double lowV, double highV, double lowW, double highW) {

  /** From above, how far below everything the map still looks: furniture, where it hangs high. */
  private static final double DOWNWARDS_METRES = 1.2;

  /** Bounds of points, grown on all sides; w grows less, so that other rooms stay away. */
  static MapBounds of(Projection projection, List<Point3> points, double grownMetres) {
    double[] low = {Double.MAX_VALUE, Double.MAX_VALUE, Double.MAX_VALUE};
    double[] high = {-Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE};
    for (Point3 p : points) {
      double[] uvw = {
        projection.u(p.x(), p.y()), projection.v(p.y(), p.z()), projection.w(p.x(), p.y(), p.z())
      };
      for (int axis = 0; axis < 3; axis++) {
        low[axis] = Math.min(low[axis], uvw[axis]);
        high[axis] = Math.max(high[axis], uvw[axis]);
      }
    }
    double depth = grownMetres / 2;
    double behind = projection.kind() == Projection.Kind.TOP ? DOWNWARDS_METRES : depth;
    return new MapBounds(
        low[0] - grownMetres,
        high[0] + grownMetres,
        low[1] - grownMetres,
        high[1] + grownMetres,
        low[2] - behind,
        high[2] + depth);
  }
}
