package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;

/** The outline of a lathed body: rings about the local z axis, each a radius and a height. */
final class Profile {
  private final double[] radiusAndHeight;

  private Profile(double[] radiusAndHeight) {
    this.radiusAndHeight = radiusAndHeight;
  }

  /** A profile of one ring. */
  static Profile from(double radius, double height) {
    return new Profile(new double[] {radius, height});
  }

  /** This profile with one more ring. */
  Profile to(double radius, double height) {
    double[] longer = Arrays.copyOf(radiusAndHeight, radiusAndHeight.length + 2);
    longer[longer.length - 2] = radius;
    longer[longer.length - 1] = height;
    return new Profile(longer);
  }

  /** Pieces between neighbouring rings. */
  int pieces() {
    return radiusAndHeight.length / 2 - 1;
  }

  double radius(int ring) {
    return radiusAndHeight[2 * ring];
  }

  double height(int ring) {
    return radiusAndHeight[2 * ring + 1];
  }

  /** Radius of the Catmull-Rom curve through the rings, {@code t} from 0 to 1 along a piece. */
  double smoothRadius(int piece, double t) {
    return catmullRom(piece, t, 0);
  }

  /**
   * Height of the Catmull-Rom curve through the rings, kept between the heights of the two rings of
   * the piece, so that flat pieces stay flat.
   */
  double smoothHeight(int piece, double t) {
    double low = height(piece);
    double high = height(piece + 1);
    double free = catmullRom(piece, t, 1);
    return Math.min(Math.max(free, Math.min(low, high)), Math.max(low, high));
  }

  private double catmullRom(int piece, double t, int axis) {
    double p0 = radiusAndHeight[2 * Math.max(0, piece - 1) + axis];
    double p1 = radiusAndHeight[2 * piece + axis];
    double p2 = radiusAndHeight[2 * (piece + 1) + axis];
    double p3 = radiusAndHeight[2 * Math.min(pieces(), piece + 2) + axis];
    return p1
        + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
  }
}
