package org.nbvrollouts.jobs.picture;

/**
 * An orthographic view of the world: u to the right and v upwards in the picture, w towards the
 * viewer or away, all metres.
 *
 * @param ux world x component of the u axis, which is horizontal and of unit length
 * @param uy world y component of the u axis
 * @param originU world position along u that is 0 in the picture
 */
record Projection(Kind kind, double ux, double uy, double originU) {
  enum Kind {
    /** From above: u is world x, v is world y, w is world z. */
    TOP,
    /** From the side: v is world z. */
    SIDE
  }

  static Projection top() {
    return new Projection(Kind.TOP, 1, 0, 0);
  }

  /** From the side, u along a horizontal unit direction and 0 at a point. */
  static Projection side(double ux, double uy, double x, double y) {
    return new Projection(Kind.SIDE, ux, uy, x * ux + y * uy);
  }

  double u(double x, double y) {
    return x * ux + y * uy - originU;
  }

  double v(double y, double z) {
    return kind == Kind.TOP ? y : z;
  }

  double w(double x, double y, double z) {
    return kind == Kind.TOP ? z : y * ux - x * uy;
  }
}
