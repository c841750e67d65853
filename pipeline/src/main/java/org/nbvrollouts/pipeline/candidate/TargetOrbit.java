package org.nbvrollouts.pipeline.candidate;

import java.util.List;

/**
 * Centres on the circle about a target's vertical axis through the reference position, at its
 * height (specification generation 4.2, family target_orbit). Nothing is drawn: rows turn right and
 * left in turn, each side by the angles of a bank from its beginning over and over. The frame is
 * the world, metres.
 */
final class TargetOrbit {
  private static final List<Double> BANK_DEG = List.of(6.0, 10.0, 14.0, 18.0, 22.0, 26.0);
  private static final double LEAST_STANDOFF = 1e-6;

  private final List<Double> bankDeg;

  TargetOrbit() {
    this(BANK_DEG);
  }

  /** An orbit with other angles, degrees. */
  TargetOrbit(List<Double> bankDeg) {
    this.bankDeg = List.copyOf(bankDeg);
  }

  /** Angle of a row about the target, degrees; negative in even rows. */
  double angleDeg(int row) {
    double angle = bankDeg.get(row / 2 % bankDeg.size());
    return row % 2 == 0 ? -angle : angle;
  }

  /** Centre of a row; the reference position for a target straight above or below it. */
  Vector3 centreWorld(int row, Vector3 referenceWorld, Vector3 targetWorld) {
    Vector3 towards = SamplingFrame.horizontal(targetWorld.minus(referenceWorld));
    if (towards.norm() < LEAST_STANDOFF) {
      return referenceWorld;
    }
    double angle = StrictMath.toRadians(angleDeg(row));
    Vector3 left = Vector3.WORLD_UP.cross(towards);
    return referenceWorld
        .plus(towards.times(1 - StrictMath.cos(angle)))
        .plus(left.times(StrictMath.sin(angle)));
  }
}
