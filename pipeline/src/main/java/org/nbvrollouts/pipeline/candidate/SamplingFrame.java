package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.source.Pose12;

/**
 * Frame in which positions are sampled: at the reference position, x left, y up, z forward
 * (specification generation 2.4).
 *
 * @param axes of the frame in world coordinates
 * @param originWorld reference position, metres
 */
record SamplingFrame(Rotation3 axes, Vector3 originWorld) {
  private static final double LEAST_HORIZONTAL = 1e-6;

  /** The frame of the pose itself, tilted as it is. */
  static SamplingFrame physical(Pose12 worldFromCamera) {
    return new SamplingFrame(Rotation3.of(worldFromCamera), origin(worldFromCamera));
  }

  /**
   * The level frame that keeps the heading. A camera that looks straight up or down takes its
   * heading from its left axis, so that it still turns with the wearer.
   */
  static SamplingFrame gravityAligned(Pose12 worldFromCamera) {
    Rotation3 camera = Rotation3.of(worldFromCamera);
    Vector3 left = horizontal(camera.x()).normalisedOr(Vector3.UNIT_Y, LEAST_HORIZONTAL);
    Vector3 forward =
        horizontal(camera.z()).normalisedOr(left.cross(Vector3.WORLD_UP), LEAST_HORIZONTAL);
    return new SamplingFrame(ViewAxes.level(forward), origin(worldFromCamera));
  }

  /** A point of this frame in world coordinates. */
  Vector3 toWorld(Vector3 local) {
    return axes.apply(local).plus(originWorld);
  }

  /** A world point in this frame. */
  Vector3 toLocal(Vector3 world) {
    return axes.applyInverse(world.minus(originWorld));
  }

  static Vector3 horizontal(Vector3 world) {
    return new Vector3(world.x(), world.y(), 0);
  }

  private static Vector3 origin(Pose12 pose) {
    return new Vector3(pose.tx(), pose.ty(), pose.tz());
  }
}
