package org.nbvrollouts.pipeline.replay;

import org.nbvrollouts.store.source.Point3;

/** Three numbers with the usual operations; the frame is named by the variable that holds it. */
record Vector(double x, double y, double z) {
  static final Vector X = new Vector(1, 0, 0);
  static final Vector Y = new Vector(0, 1, 0);
  static final Vector Z = new Vector(0, 0, 1);

  /** Against gravity in world coordinates. */
  static final Vector UP = Z;

  static Vector of(Point3 point) {
    return new Vector(point.x(), point.y(), point.z());
  }

  Point3 point() {
    return new Point3(x, y, z);
  }

  Vector plus(Vector v) {
    return new Vector(x + v.x, y + v.y, z + v.z);
  }

  Vector minus(Vector v) {
    return new Vector(x - v.x, y - v.y, z - v.z);
  }

  Vector times(double s) {
    return new Vector(x * s, y * s, z * s);
  }

  double dot(Vector v) {
    return x * v.x + y * v.y + z * v.z;
  }

  Vector cross(Vector v) {
    return new Vector(y * v.z - z * v.y, z * v.x - x * v.z, x * v.y - y * v.x);
  }

  double length() {
    return Math.sqrt(x * x + y * y + z * z);
  }

  /** This vector without its part along a unit vector. */
  Vector across(Vector unit) {
    return minus(unit.times(dot(unit)));
  }

  Vector unit() {
    return times(1 / length());
  }

  /** The unit vector, or another one if this vector is shorter than a least length. */
  Vector unitOr(double least, Vector other) {
    return length() < least ? other : unit();
  }
}
