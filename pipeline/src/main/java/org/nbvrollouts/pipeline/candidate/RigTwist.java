package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.source.Pose12;

/**
 * Turns a raw rig basis into a camera basis with x left, y up and z forward: a quarter turn about
 * the viewing axis (specification generation 2.3). It belongs to the root pose and to nothing else:
 * a selected candidate already has this basis.
 */
public final class RigTwist {
  private RigTwist() {}

  /** World-from-camera pose of a world-from-rig pose; new x is old y, new y is minus old x. */
  public static Pose12 twist(Pose12 worldFromRig) {
    Pose12 p = worldFromRig;
    return new Pose12(
        p.r01(), -p.r00(), p.r02(), p.r11(), -p.r10(), p.r12(), p.r21(), -p.r20(), p.r22(), p.tx(),
        p.ty(), p.tz());
  }
}
