package org.nbvrollouts.pipeline.scene;

/** Closed curved bodies: lathed profiles, superellipsoids, tori. Lengths in metres. */
final class CurvedSolids {
  private static final double TURN = 2 * Math.PI;

  private CurvedSolids() {}

  /**
   * Revolves a smooth curve through (radius, height) pairs about the local z axis. Heights stay
   * between those of neighbouring pairs, so that flat pieces stay flat. Profiles that run upwards
   * on the outside face outwards.
   *
   * @param around segments around the axis at detail 1
   * @param perPiece segments per piece of the profile at detail 1
   */
  static void revolve(Brush brush, int around, int perPiece, double... radiusAndHeight) {
    int pieces = radiusAndHeight.length / 2 - 1;
    int columns = brush.segments(around, 8);
    int steps = brush.segments(perPiece, 1);
    GridSurface.draw(
        brush,
        columns,
        pieces * steps,
        GridSurface.Seam.CLOSED_U,
        (b, u, v) -> {
          double position = Math.min(v * pieces, pieces - 1e-12);
          int piece = (int) position;
          double t = position - piece;
          double radius = catmullRom(radiusAndHeight, pieces, piece, t, 0);
          double low = radiusAndHeight[2 * piece + 1];
          double high = radiusAndHeight[2 * piece + 3];
          double free = catmullRom(radiusAndHeight, pieces, piece, t, 1);
          double height = Math.min(Math.max(free, Math.min(low, high)), Math.max(low, high));
          return b.vertex(
              Math.max(0, radius) * StrictMath.cos(TURN * u),
              Math.max(0, radius) * StrictMath.sin(TURN * u),
              height);
        });
  }

  /** Revolves straight pieces: a lathed profile with sharp rings. */
  static void turn(Brush brush, int around, double... radiusAndHeight) {
    int rows = radiusAndHeight.length / 2 - 1;
    GridSurface.draw(
        brush,
        brush.segments(around, 8),
        rows,
        GridSurface.Seam.CLOSED_U,
        (b, u, v) -> {
          int ring = (int) (v * rows + 0.5);
          double radius = radiusAndHeight[2 * ring];
          return b.vertex(
              radius * StrictMath.cos(TURN * u),
              radius * StrictMath.sin(TURN * u),
              radiusAndHeight[2 * ring + 1]);
        });
  }

  /** An upright closed cylinder or cone frustum with caps. */
  static void frustum(Brush brush, int around, double lowRadius, double highRadius, double height) {
    turn(brush, around, 0, 0, lowRadius, 0, highRadius, height, 0, height);
  }

  /**
   * A superellipsoid centred at the local origin.
   *
   * @param roundness 1 for an ellipsoid, towards 0 for a box
   */
  static void superellipsoid(
      Brush brush, int segments, double halfX, double halfY, double halfZ, double roundness) {
    int columns = brush.segments(segments, 8);
    int rows = Math.max(4, columns / 2);
    GridSurface.draw(
        brush,
        columns,
        rows,
        GridSurface.Seam.CLOSED_U,
        (b, u, v) -> {
          double latitude = Math.PI * (v - 0.5);
          double ring = power(StrictMath.cos(latitude), roundness);
          return b.vertex(
              halfX * ring * power(StrictMath.cos(TURN * u), roundness),
              halfY * ring * power(StrictMath.sin(TURN * u), roundness),
              halfZ * power(StrictMath.sin(latitude), roundness));
        });
  }

  /** A torus about the local z axis. */
  static void torus(Brush brush, int around, int across, double ringRadius, double tubeRadius) {
    GridSurface.draw(
        brush,
        brush.segments(around, 12),
        brush.segments(across, 6),
        GridSurface.Seam.CLOSED_BOTH,
        (b, u, v) -> {
          double radius = ringRadius + tubeRadius * StrictMath.cos(TURN * v);
          return b.vertex(
              radius * StrictMath.cos(TURN * u),
              radius * StrictMath.sin(TURN * u),
              tubeRadius * StrictMath.sin(TURN * v));
        });
  }

  private static double power(double base, double exponent) {
    double size = Math.abs(base);
    return size < 1e-12 ? 0 : Math.copySign(StrictMath.pow(size, exponent), base);
  }

  private static double catmullRom(double[] values, int pieces, int piece, double t, int axis) {
    double p0 = values[2 * Math.max(0, piece - 1) + axis];
    double p1 = values[2 * piece + axis];
    double p2 = values[2 * (piece + 1) + axis];
    double p3 = values[2 * Math.min(pieces, piece + 2) + axis];
    return p1
        + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
  }
}
