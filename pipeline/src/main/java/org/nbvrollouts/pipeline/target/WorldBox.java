package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** An object box with its pose in the world. */
record WorldBox(OrientedBox box, Pose12 worldFromObject) {

  /** True if every number is finite and every side has a length. */
  boolean hasValidGeometry() {
    return box.isFinite() && box.extent(0) > 0 && box.extent(1) > 0 && box.extent(2) > 0;
  }

  /** True if every number is finite and no side is negative; a flat box has bounds. */
  boolean hasBounds() {
    return box.isFinite() && box.extent(0) >= 0 && box.extent(1) >= 0 && box.extent(2) >= 0;
  }

  Point3 centreWorld() {
    return worldFromObject.apply(middle(0), middle(1), middle(2));
  }

  Point3 extentsMetres() {
    return new Point3(box.extent(0), box.extent(1), box.extent(2));
  }

  AxisAlignedBox boundsObject() {
    return new AxisAlignedBox(
        box.min(0), box.max(0), box.min(1), box.max(1), box.min(2), box.max(2));
  }

  double middle(int axis) {
    return 0.5 * (box.min(axis) + box.max(axis));
  }

  double volume() {
    return box.extent(0) * box.extent(1) * box.extent(2);
  }

  double halfDiagonal() {
    double x = box.extent(0);
    double y = box.extent(1);
    double z = box.extent(2);
    return 0.5 * Math.sqrt(x * x + y * y + z * z);
  }
}
