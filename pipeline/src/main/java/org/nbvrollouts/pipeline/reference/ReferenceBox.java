package org.nbvrollouts.pipeline.reference;

import java.util.List;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * An oriented box grown by a margin, boundary included; points that are not finite are outside
 * (specification generation 2.5 and 6.4).
 *
 * @param worldFromObject pose of the box
 * @param boundsObject extent in the frame of the box, metres
 * @param marginMetres how far the box is grown on all sides
 */
record ReferenceBox(Pose12 worldFromObject, AxisAlignedBox boundsObject, double marginMetres) {

  boolean contains(Point3 world) {
    Pose12 p = worldFromObject;
    double dx = world.x() - p.tx();
    double dy = world.y() - p.ty();
    double dz = world.z() - p.tz();
    return lies(
            boundsObject.minX(), p.r00() * dx + p.r10() * dy + p.r20() * dz, boundsObject.maxX())
        && lies(
            boundsObject.minY(), p.r01() * dx + p.r11() * dy + p.r21() * dz, boundsObject.maxY())
        && lies(
            boundsObject.minZ(), p.r02() * dx + p.r12() * dy + p.r22() * dz, boundsObject.maxZ());
  }

  List<Point3> inside(List<Point3> pointsWorld) {
    return pointsWorld.stream().filter(this::contains).toList();
  }

  private boolean lies(double least, double value, double largest) {
    return value >= least - marginMetres && value <= largest + marginMetres;
  }
}
