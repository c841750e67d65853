package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.source.Pose12;

/** A rotation by its columns: the axes of the inner frame seen from the outer frame. */
record Rotation3(Vector3 x, Vector3 y, Vector3 z) {

  static Rotation3 of(Pose12 pose) {
    return new Rotation3(
        new Vector3(pose.r00(), pose.r10(), pose.r20()),
        new Vector3(pose.r01(), pose.r11(), pose.r21()),
        new Vector3(pose.r02(), pose.r12(), pose.r22()));
  }

  /** A vector of the inner frame seen from the outer frame. */
  Vector3 apply(Vector3 inner) {
    return x.times(inner.x()).plus(y.times(inner.y())).plus(z.times(inner.z()));
  }

  /** A vector of the outer frame seen from the inner frame. */
  Vector3 applyInverse(Vector3 outer) {
    return new Vector3(x.dot(outer), y.dot(outer), z.dot(outer));
  }

  /** First {@code inner}, then this. */
  Rotation3 compose(Rotation3 inner) {
    return new Rotation3(apply(inner.x), apply(inner.y), apply(inner.z));
  }

  /** The pose with this rotation at a place in the outer frame. */
  Pose12 at(Vector3 origin) {
    return new Pose12(
        x.x(),
        y.x(),
        z.x(),
        x.y(),
        y.y(),
        z.y(),
        x.z(),
        y.z(),
        z.z(),
        origin.x(),
        origin.y(),
        origin.z());
  }
}
