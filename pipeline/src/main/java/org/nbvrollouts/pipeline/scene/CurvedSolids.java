package org.nbvrollouts.pipeline.scene;

/** Closed curved bodies: lathed profiles, superellipsoids, tori. Lengths in metres. */
final class CurvedSolids {
  private static final double TURN = 2 * Math.PI;

  private CurvedSolids() {}

  /**
   * Revolves the smooth curve through the rings of a profile about the local z axis. Profiles that
   * run upwards on the outside face outwards.
   *
   * @param around segments around the axis at detail 1
   * @param perPiece segments per piece of the profile at detail 1
   */
  static void revolve(Brush brush, int around, int perPiece, Profile profile) {
    int pieces = profile.pieces();
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
          double radius = profile.smoothRadius(piece, t);
          return b.vertex(
              Math.max(0, radius) * StrictMath.cos(TURN * u),
              Math.max(0, radius) * StrictMath.sin(TURN * u),
              profile.smoothHeight(piece, t));
        });
  }

  /** Revolves straight pieces: a lathed profile with sharp rings. */
  static void turn(Brush brush, int around, Profile profile) {
    int rows = profile.pieces();
    GridSurface.draw(
        brush,
        brush.segments(around, 8),
        rows,
        GridSurface.Seam.CLOSED_U,
        (b, u, v) -> {
          int ring = (int) (v * rows + 0.5);
          double radius = profile.radius(ring);
          return b.vertex(
              radius * StrictMath.cos(TURN * u),
              radius * StrictMath.sin(TURN * u),
              profile.height(ring));
        });
  }

  /** An upright closed cylinder or cone frustum with caps. */
  static void frustum(Brush brush, int around, double lowRadius, double highRadius, double height) {
    turn(brush, around, Profile.from(0, 0).to(lowRadius, 0).to(highRadius, height).to(0, height));
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
}
