package org.nbvrollouts.pipeline.scene;

import java.util.List;

/**
 * Where the walker looks: at one thing in the same room after another, turning smoothly, or ahead
 * when nothing is near. Not thread-safe.
 */
final class Gaze {
  /** A thing to look at: its centre and its longest side, metres. */
  record Attraction(double x, double y, double z, double size) {}

  private static final double NEAR = 0.7;
  private static final double FAR = 5.0;
  private static final double WIDEST_TURN = Math.toRadians(120);
  private static final double HIGHEST_PITCH = Math.toRadians(12);
  private static final double LOWEST_PITCH = Math.toRadians(-38);
  private static final double FASTEST_TURN = Math.toRadians(6.5);
  private static final double LOOK_AHEAD_PITCH = Math.toRadians(-10);

  private final FloorPlan plan;
  private final List<Attraction> attractions;
  private final SceneRandom random;
  private final int[] looks;
  private int fixated = -1;
  private int framesLeft;
  private double yaw;
  private double pitch = LOOK_AHEAD_PITCH;
  private double yawRate;
  private double pitchRate;

  Gaze(FloorPlan plan, List<Attraction> attractions, SceneRandom random, double startYaw) {
    this.plan = plan;
    this.attractions = attractions;
    this.random = random;
    this.looks = new int[attractions.size()];
    this.yaw = startYaw;
  }

  double yaw() {
    return yaw;
  }

  double pitch() {
    return pitch;
  }

  /** Turns for one frame, seen from a position while walking in a direction. */
  void advance(double x, double y, double z, double heading) {
    if (framesLeft-- <= 0 || !attracts(fixated, x, y, heading)) {
      fixated = choose(x, y, heading);
      framesLeft = 12 + random.below(14);
    }
    double wantedYaw = heading;
    double wantedPitch = LOOK_AHEAD_PITCH;
    if (fixated >= 0) {
      Attraction at = attractions.get(fixated);
      double dx = at.x - x;
      double dy = at.y - y;
      wantedYaw = StrictMath.atan2(dy, dx);
      wantedPitch = StrictMath.atan2(at.z - z, Math.sqrt(dx * dx + dy * dy));
    }
    wantedPitch = Math.min(HIGHEST_PITCH, Math.max(LOWEST_PITCH, wantedPitch));
    yawRate += 0.45 * (limited(0.16 * wrapped(wantedYaw - yaw)) - yawRate);
    pitchRate += 0.45 * (limited(0.16 * (wantedPitch - pitch)) - pitchRate);
    yaw = wrapped(yaw + yawRate);
    pitch += pitchRate;
  }

  private int choose(double x, double y, double heading) {
    int best = -1;
    double bestWeight = 0;
    for (int i = 0; i < attractions.size(); i++) {
      if (attracts(i, x, y, heading)) {
        double weight =
            Math.sqrt(attractions.get(i).size()) * random.uniform(0.3, 1) / (1 + looks[i]);
        if (weight > bestWeight) {
          best = i;
          bestWeight = weight;
        }
      }
    }
    if (best >= 0) {
      looks[best]++;
    }
    return best;
  }

  private boolean attracts(int index, double x, double y, double heading) {
    if (index < 0) {
      return false;
    }
    Attraction at = attractions.get(index);
    double dx = at.x - x;
    double dy = at.y - y;
    double distance = Math.sqrt(dx * dx + dy * dy);
    return distance > NEAR
        && distance < FAR
        && Math.abs(wrapped(StrictMath.atan2(dy, dx) - heading)) < WIDEST_TURN
        && shareRoom(x, y, at);
  }

  private boolean shareRoom(double x, double y, Attraction at) {
    for (FloorPlan.Room room : plan.rooms()) {
      if (room.interior().holds(x, y) && room.interior().holds(at.x, at.y)) {
        return true;
      }
    }
    return false;
  }

  private static double limited(double rate) {
    return Math.min(FASTEST_TURN, Math.max(-FASTEST_TURN, rate));
  }

  /** The same angle in (−π, π]. */
  private static double wrapped(double angle) {
    double turn = 2 * Math.PI;
    double reduced = angle - turn * Math.floor((angle + Math.PI) / turn);
    return reduced > Math.PI ? reduced - turn : reduced;
  }
}
