package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;

/**
 * Walks a path at a human pace with a device in hand: 10 Hz poses that sway, bob and look around.
 */
final class HandheldWalk {
  private static final long FIRST_TIME_NS = 1_000_000_000L;
  private static final long FRAME_NS = 1_000_000_000L / SyntheticSceneConfig.FRAME_RATE_HZ;
  private static final double SLOWEST = 0.25;
  private static final double FASTEST = 0.8;
  private static final double STEPS_PER_SECOND = 1.8;

  private HandheldWalk() {}

  /** Metres that a walk of this many frames cannot exceed. */
  static double metresFor(int frames) {
    return frames * FASTEST / SyntheticSceneConfig.FRAME_RATE_HZ;
  }

  /** Poses from the start of the path to its end; world←rig, x down, y left, z forward. */
  static PoseTrajectory walk(
      WalkPath path, FloorPlan plan, List<Gaze.Attraction> attractions, SceneRandom random) {
    Gaze gaze = new Gaze(plan, attractions, random.child("gaze"), path.headingAt(0));
    double height = random.uniform(1.45, 1.65);
    double pace = random.uniform(0.8, 1.0);
    double phase = random.uniform(0, 2 * Math.PI);
    List<Pose12> poses = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    double walked = 0;
    double speed = SLOWEST;
    for (int frame = 0; walked < path.length(); frame++) {
      double time = (double) frame / SyntheticSceneConfig.FRAME_RATE_HZ;
      double heading = path.headingAt(walked);
      double step = 2 * Math.PI * STEPS_PER_SECOND * time + phase;
      double sway = 0.01 * StrictMath.sin(step / 2);
      double x = path.xAt(walked) - sway * StrictMath.sin(heading);
      double y = path.yAt(walked) + sway * StrictMath.cos(heading);
      double z = height + 0.014 * StrictMath.sin(step) + 0.02 * StrictMath.sin(0.31 * time + phase);
      gaze.advance(x, y, z, heading);
      double yaw = gaze.yaw() + Math.toRadians(0.5) * StrictMath.sin(1.7 * time + 2 * phase);
      double pitch = gaze.pitch() + Math.toRadians(0.8) * StrictMath.sin(step + 1);
      double roll =
          Math.toRadians(1.6) * StrictMath.sin(step / 2 + 0.6)
              + Math.toRadians(1.2) * StrictMath.sin(0.7 * time + phase);
      poses.add(rounded(rigPose(yaw, pitch, roll, x, y, z)));
      times.add(FIRST_TIME_NS + frame * FRAME_NS);
      double bend = Math.abs(turn(path.headingAt(walked + 0.4), heading));
      double wanted = Math.max(SLOWEST, FASTEST * pace * (1 - 0.8 * Math.min(1, bend)));
      speed += 0.25 * (wanted - speed);
      walked += speed / SyntheticSceneConfig.FRAME_RATE_HZ;
    }
    return new PoseTrajectory(poses, times);
  }

  /**
   * The raw rig pose of a camera that looks along a heading.
   *
   * @param yaw heading, radians counter-clockwise from world x
   * @param pitch upwards positive
   * @param roll clockwise positive, seen by the walker
   */
  static Pose12 rigPose(double yaw, double pitch, double roll, double x, double y, double z) {
    double cy = StrictMath.cos(yaw);
    double sy = StrictMath.sin(yaw);
    double cp = StrictMath.cos(pitch);
    double sp = StrictMath.sin(pitch);
    double cr = StrictMath.cos(roll);
    double sr = StrictMath.sin(roll);
    double[] level = {-sy, cy, 0};
    double[] upright = {-sp * cy, -sp * sy, cp};
    double[] up = new double[3];
    double[] left = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      up[axis] = cr * upright[axis] - sr * level[axis];
      left[axis] = cr * level[axis] + sr * upright[axis];
    }
    return new Pose12(
        -up[0], left[0], cp * cy, -up[1], left[1], cp * sy, -up[2], left[2], sp, x, y, z);
  }

  /** The pose as it survives storage in float32. */
  static Pose12 rounded(Pose12 pose) {
    return Pose12.of(pose.toFloats(), 0);
  }

  private static double turn(double to, double from) {
    return StrictMath.atan2(StrictMath.sin(to - from), StrictMath.cos(to - from));
  }
}
