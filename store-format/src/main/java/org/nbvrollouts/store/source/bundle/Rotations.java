package org.nbvrollouts.store.source.bundle;

import org.nbvrollouts.store.source.Pose12;

/** Checks of rotation matrices. */
final class Rotations {
  private Rotations() {}

  /** True if R·Rᵀ is the identity and det R is 1, each value within the tolerance. */
  static boolean isRotation(Pose12 pose, double tolerance) {
    double determinant =
        pose.r00() * (pose.r11() * pose.r22() - pose.r12() * pose.r21())
            - pose.r01() * (pose.r10() * pose.r22() - pose.r12() * pose.r20())
            + pose.r02() * (pose.r10() * pose.r21() - pose.r11() * pose.r20());
    double[] product =
        new Pose12(
                pose.r00(),
                pose.r01(),
                pose.r02(),
                pose.r10(),
                pose.r11(),
                pose.r12(),
                pose.r20(),
                pose.r21(),
                pose.r22(),
                0,
                0,
                0)
            .compose(pose.inverse())
            .toArray();
    double[] identity = Pose12.IDENTITY.toArray();
    for (int i = 0; i < 9; i++) {
      if (!(Math.abs(product[i] - identity[i]) <= tolerance)) {
        return false;
      }
    }
    return Math.abs(determinant - 1) <= tolerance;
  }

  /** The unit quaternion x, y, z, w of a rotation (S. W. Shepperd, 1978). */
  static double[] quaternion(Pose12 pose) {
    double trace = pose.r00() + pose.r11() + pose.r22();
    double[] xyzw;
    if (trace >= Math.max(pose.r00(), Math.max(pose.r11(), pose.r22()))) {
      xyzw =
          new double[] {
            pose.r21() - pose.r12(), pose.r02() - pose.r20(), pose.r10() - pose.r01(), 1 + trace
          };
    } else if (pose.r00() >= pose.r11() && pose.r00() >= pose.r22()) {
      xyzw =
          new double[] {
            1 + pose.r00() - pose.r11() - pose.r22(),
            pose.r01() + pose.r10(),
            pose.r02() + pose.r20(),
            pose.r21() - pose.r12()
          };
    } else if (pose.r11() >= pose.r22()) {
      xyzw =
          new double[] {
            pose.r01() + pose.r10(),
            1 - pose.r00() + pose.r11() - pose.r22(),
            pose.r12() + pose.r21(),
            pose.r02() - pose.r20()
          };
    } else {
      xyzw =
          new double[] {
            pose.r02() + pose.r20(),
            pose.r12() + pose.r21(),
            1 - pose.r00() - pose.r11() + pose.r22(),
            pose.r10() - pose.r01()
          };
    }
    double length =
        Math.sqrt(xyzw[0] * xyzw[0] + xyzw[1] * xyzw[1] + xyzw[2] * xyzw[2] + xyzw[3] * xyzw[3]);
    for (int i = 0; i < xyzw.length; i++) {
      xyzw[i] /= length;
    }
    return xyzw;
  }
}
