package org.nbvrollouts.pipeline.replay;

import org.nbvrollouts.store.source.Pose12;

/** Left, up and forward axis of a frame, seen from outside of it. */
record Axes(Vector left, Vector up, Vector forward) {
  private static final double LEAST = 1e-6;

  static Axes of(Pose12 p) {
    return new Axes(
        new Vector(p.r00(), p.r10(), p.r20()),
        new Vector(p.r01(), p.r11(), p.r21()),
        new Vector(p.r02(), p.r12(), p.r22()));
  }

  /** Axes of a level frame: left = up × forward, up = forward × left (generation 2.4, 4.3). */
  static Axes level(Vector forward) {
    Vector sideOfVertical = Vector.X.across(forward).unitOr(LEAST, Vector.X);
    Vector left = Vector.UP.cross(forward).unitOr(LEAST, sideOfVertical);
    return new Axes(left, forward.cross(left), forward);
  }

  /** Axes of a look-at: up is world up made square to the view (generation 4.3, choice G-D). */
  static Axes lookAlong(Vector forward) {
    Vector up = Vector.UP.across(forward);
    if (up.length() < LEAST) {
      return level(forward);
    }
    return new Axes(up.unit().cross(forward), up.unit(), forward);
  }

  /** The level frame with the heading of a pose (generation 2.4). */
  static Axes alignedToGravity(Pose12 pose) {
    Axes axes = of(pose);
    Vector left = horizontal(axes.left).unitOr(LEAST, Vector.Y);
    return level(horizontal(axes.forward).unitOr(LEAST, left.cross(Vector.UP)));
  }

  static Vector horizontal(Vector v) {
    return new Vector(v.x(), v.y(), 0);
  }

  Vector outward(Vector inside) {
    return left.times(inside.x()).plus(up.times(inside.y())).plus(forward.times(inside.z()));
  }

  Vector inward(Vector outside) {
    return new Vector(left.dot(outside), up.dot(outside), forward.dot(outside));
  }

  /** These axes turned by a rotation given in their own frame. */
  Axes turned(Axes rotation) {
    return new Axes(outward(rotation.left), outward(rotation.up), outward(rotation.forward));
  }

  Pose12 at(Vector centre) {
    return new Pose12(
        left.x(),
        up.x(),
        forward.x(),
        left.y(),
        up.y(),
        forward.y(),
        left.z(),
        up.z(),
        forward.z(),
        centre.x(),
        centre.y(),
        centre.z());
  }
}
