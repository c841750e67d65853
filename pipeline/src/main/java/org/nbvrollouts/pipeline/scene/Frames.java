package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.source.Pose12;

/** Rigid transforms from angles, with StrictMath so that they are the same everywhere. */
final class Frames {
  private Frames() {}

  static Pose12 shift(double x, double y, double z) {
    return new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, y, z);
  }

  /** Rotation about z, counter-clockwise seen from above, then a shift. */
  static Pose12 yaw(double radians, double x, double y, double z) {
    double c = StrictMath.cos(radians);
    double s = StrictMath.sin(radians);
    return new Pose12(c, -s, 0, s, c, 0, 0, 0, 1, x, y, z);
  }

  /** Rotation about x: positive angles turn y towards z. */
  static Pose12 tiltAboutX(double radians) {
    double c = StrictMath.cos(radians);
    double s = StrictMath.sin(radians);
    return new Pose12(1, 0, 0, 0, c, -s, 0, s, c, 0, 0, 0);
  }

  /** Rotation about y: positive angles turn z towards x. */
  static Pose12 tiltAboutY(double radians) {
    double c = StrictMath.cos(radians);
    double s = StrictMath.sin(radians);
    return new Pose12(c, 0, s, 0, 1, 0, -s, 0, c, 0, 0, 0);
  }
}
