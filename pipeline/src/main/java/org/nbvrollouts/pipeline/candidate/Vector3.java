package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.source.Point3;

/** A vector in metres or without unit; the frame is named by the variable that holds it. */
record Vector3(double x, double y, double z) {
  static final Vector3 UNIT_X = new Vector3(1, 0, 0);
  static final Vector3 UNIT_Y = new Vector3(0, 1, 0);
  static final Vector3 UNIT_Z = new Vector3(0, 0, 1);

  /** Against gravity in world coordinates. */
  static final Vector3 WORLD_UP = UNIT_Z;

  static Vector3 of(Point3 point) {
    return new Vector3(point.x(), point.y(), point.z());
  }

  Vector3 plus(Vector3 other) {
    return new Vector3(x + other.x, y + other.y, z + other.z);
  }

  Vector3 minus(Vector3 other) {
    return new Vector3(x - other.x, y - other.y, z - other.z);
  }

  Vector3 times(double factor) {
    return new Vector3(x * factor, y * factor, z * factor);
  }

  double dot(Vector3 other) {
    return x * other.x + y * other.y + z * other.z;
  }

  Vector3 cross(Vector3 other) {
    return new Vector3(
        y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
  }

  double norm() {
    return Math.sqrt(dot(this));
  }

  /** This vector at unit length, or {@code fallback} if it is shorter than {@code least}. */
  Vector3 normalisedOr(Vector3 fallback, double least) {
    double length = norm();
    return length < least ? fallback : times(1 / length);
  }

  /** The part of this vector at right angles to a unit vector. */
  Vector3 rejectedFrom(Vector3 unit) {
    return minus(unit.times(dot(unit)));
  }
}
