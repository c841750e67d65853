package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;

/** A polyline on the floor, addressed by the distance walked along it, metres. Immutable. */
final class WalkPath {
  private final double[] xs;
  private final double[] ys;
  private final double[] walked;

  /** Takes over the arrays. */
  WalkPath(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
    this.walked = new double[xs.length];
    for (int i = 1; i < xs.length; i++) {
      double dx = xs[i] - xs[i - 1];
      double dy = ys[i] - ys[i - 1];
      walked[i] = walked[i - 1] + Math.sqrt(dx * dx + dy * dy);
    }
  }

  double length() {
    return walked[walked.length - 1];
  }

  double xAt(double distance) {
    return interpolate(xs, distance);
  }

  double yAt(double distance) {
    return interpolate(ys, distance);
  }

  /** Heading some way ahead, radians counter-clockwise from x; 0 if the path does not move. */
  double headingAt(double distance) {
    double before = Math.max(0, distance - 0.15);
    double after = Math.min(length(), distance + 0.35);
    return StrictMath.atan2(yAt(after) - yAt(before), xAt(after) - xAt(before));
  }

  private double interpolate(double[] values, double distance) {
    int found = Arrays.binarySearch(walked, distance);
    int upper = found >= 0 ? found : -found - 1;
    if (upper <= 0) {
      return values[0];
    }
    if (upper >= walked.length) {
      return values[values.length - 1];
    }
    double piece = walked[upper] - walked[upper - 1];
    double t = piece > 0 ? (distance - walked[upper - 1]) / piece : 0;
    return values[upper - 1] + t * (values[upper] - values[upper - 1]);
  }
}
