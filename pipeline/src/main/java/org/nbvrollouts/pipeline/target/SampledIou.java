package org.nbvrollouts.pipeline.target;

import java.util.OptionalDouble;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * Overlap of two oriented boxes by samples: n³ cell centres of each box are tested against the
 * other, borders included (specification generation 3.5). The value enters stored lineage and
 * thresholds, so it is this estimate and not the exact overlap.
 */
final class SampledIou {
  /** A box with a smaller face has no overlap that can be measured, m². */
  private static final double LEAST_FACE_AREA = 1e-4;

  /** Spheres that miss each other by this factor cannot share a sample, whatever rounding does. */
  private static final double SPHERE_SLACK = 1 + 1e-9;

  /** Most samples per axis that configuration accepts; the cost grows with its cube. */
  static final int MOST_SAMPLES_PER_AXIS = 64;

  private final int samplesPerAxis;

  SampledIou(int samplesPerAxis) {
    this.samplesPerAxis = samplesPerAxis;
  }

  /** The overlap in [0, 1], or empty if a box is too thin to measure. */
  OptionalDouble compute(WorldBox a, WorldBox b) {
    if (isTooThin(a.box()) || isTooThin(b.box())) {
      return OptionalDouble.empty();
    }
    if (isFarApart(a, b)) {
      return OptionalDouble.of(0);
    }
    double samples = (double) samplesPerAxis * samplesPerAxis * samplesPerAxis;
    double intersection = (a.volume() * countInside(a, b) + b.volume() * countInside(b, a)) / 2;
    return OptionalDouble.of(intersection / ((a.volume() + b.volume()) * samples - intersection));
  }

  /**
   * The overlap, or for a box too thin to measure one minus the distance of the centres in units of
   * the sum of both diagonals, in [0, 1].
   */
  double computeOrEstimate(WorldBox a, WorldBox b) {
    return compute(a, b).orElseGet(() -> estimate(a, b));
  }

  private static double estimate(WorldBox a, WorldBox b) {
    double reach = 2 * (a.halfDiagonal() + b.halfDiagonal());
    return Math.min(Math.max(1 - Math.sqrt(squaredDistance(a, b)) / reach, 0), 1);
  }

  private static boolean isTooThin(OrientedBox box) {
    double x = box.extent(0);
    double y = box.extent(1);
    double z = box.extent(2);
    return !(x * y >= LEAST_FACE_AREA && x * z >= LEAST_FACE_AREA && y * z >= LEAST_FACE_AREA);
  }

  private static boolean isFarApart(WorldBox a, WorldBox b) {
    double reach = (a.halfDiagonal() + b.halfDiagonal()) * SPHERE_SLACK;
    return squaredDistance(a, b) > reach * reach;
  }

  private static double squaredDistance(WorldBox a, WorldBox b) {
    Point3 p = a.centreWorld();
    Point3 q = b.centreWorld();
    double x = p.x() - q.x();
    double y = p.y() - q.y();
    double z = p.z() - q.z();
    return x * x + y * y + z * z;
  }

  /** Samples of {@code a} that lie in {@code b}. */
  int countInside(WorldBox a, WorldBox b) {
    Pose12 bFromA = b.worldFromObject().inverse().compose(a.worldFromObject());
    OrientedBox within = b.box();
    int count = 0;
    for (int i = 0; i < samplesPerAxis; i++) {
      double x = sample(a.box(), 0, i);
      for (int j = 0; j < samplesPerAxis; j++) {
        double y = sample(a.box(), 1, j);
        for (int k = 0; k < samplesPerAxis; k++) {
          double z = sample(a.box(), 2, k);
          count +=
              isWithin(within, 0, bFromA.applyX(x, y, z))
                      && isWithin(within, 1, bFromA.applyY(x, y, z))
                      && isWithin(within, 2, bFromA.applyZ(x, y, z))
                  ? 1
                  : 0;
        }
      }
    }
    return count;
  }

  private double sample(OrientedBox box, int axis, int cell) {
    return box.min(axis) + (cell + 0.5) / samplesPerAxis * box.extent(axis);
  }

  private static boolean isWithin(OrientedBox box, int axis, double value) {
    return value >= box.min(axis) && value <= box.max(axis);
  }
}
