package org.nbvrollouts.pipeline.reference;

import java.util.List;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Casts rays that leave one point. */
interface RayMeasure {

  /**
   * Multiple of each direction at its nearest hit, infinite without one.
   *
   * @param pose world from the frame at whose origin the rays start
   * @param directions in that frame, of any length
   * @param least smallest multiple of a direction that counts
   * @param most largest one
   */
  double[] nearest(Pose12 pose, List<Point3> directions, double least, double most);
}
