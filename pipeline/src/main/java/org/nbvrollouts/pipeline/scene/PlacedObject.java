package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.source.Pose12;

/** A piece of furniture at its place. */
record PlacedObject(Furniture piece, Pose12 worldFromObject) {

  /** Smallest axis-aligned floor rectangle around the turned footprint, metres. */
  Rectangle footprint() {
    double c = Math.abs(worldFromObject.r00());
    double s = Math.abs(worldFromObject.r10());
    return Rectangle.around(
        worldFromObject.tx(),
        worldFromObject.ty(),
        c * piece.width() + s * piece.depth(),
        s * piece.width() + c * piece.depth());
  }

  /** Another object that stands at a place given in this object's frame. */
  PlacedObject carry(Furniture other, double yaw, double x, double y, double z) {
    return new PlacedObject(other, worldFromObject.compose(Frames.yaw(yaw, x, y, z)));
  }
}
