package org.nbvrollouts.pipeline.reference;

import java.math.BigDecimal;
import java.math.MathContext;

/** A face whose distances and ray hits are decided without rounding. */
final class ExactFace {
  private static final MathContext DIGITS = new MathContext(60);
  private static final BigDecimal SHORT_EDGE_SQUARED = new BigDecimal("1e-8");

  private final Vector a;
  private final Vector b;
  private final Vector c;

  /** A vector of exact coordinates. */
  record Vector(BigDecimal x, BigDecimal y, BigDecimal z) {
    static Vector of(double x, double y, double z) {
      return new Vector(new BigDecimal(x), new BigDecimal(y), new BigDecimal(z));
    }

    Vector minus(Vector other) {
      return new Vector(x.subtract(other.x), y.subtract(other.y), z.subtract(other.z));
    }

    Vector times(BigDecimal factor) {
      return new Vector(x.multiply(factor), y.multiply(factor), z.multiply(factor));
    }

    BigDecimal dot(Vector other) {
      return x.multiply(other.x).add(y.multiply(other.y)).add(z.multiply(other.z));
    }

    Vector cross(Vector other) {
      return new Vector(
          y.multiply(other.z).subtract(z.multiply(other.y)),
          z.multiply(other.x).subtract(x.multiply(other.z)),
          x.multiply(other.y).subtract(y.multiply(other.x)));
    }
  }

  /**
   * Where the line of a ray meets the plane of a face.
   *
   * @param u share of the first corner in the volume spanned with the ray; both signs mean a miss
   * @param v share of the second corner
   * @param w share of the third corner
   * @param t ray parameter, NaN for a ray in the plane
   */
  record Crossing(double u, double v, double w, double t) {}

  ExactFace(float[] corners) {
    a = Vector.of(corners[0], corners[1], corners[2]);
    b = Vector.of(corners[3], corners[4], corners[5]);
    c = Vector.of(corners[6], corners[7], corners[8]);
  }

  /** Squared distance as specification generation 6.2 defines it. */
  double squaredDistance(Vector point, double minTriangleAreaM2) {
    Vector e = b.minus(a);
    Vector f = c.minus(a);
    Vector w = point.minus(a);
    Vector n = e.cross(f);
    BigDecimal n2 = n.dot(n);
    BigDecimal least = new BigDecimal(2 * minTriangleAreaM2).pow(2);
    if (n2.signum() > 0 && n2.compareTo(least) >= 0) {
      BigDecimal s = w.cross(f).dot(n);
      BigDecimal t = e.cross(w).dot(n);
      if (s.signum() >= 0 && t.signum() >= 0 && s.add(t).compareTo(n2) <= 0) {
        return w.dot(n).pow(2).divide(n2, DIGITS).doubleValue();
      }
    }
    return segment(point, a, b).min(segment(point, a, c)).min(segment(point, b, c)).doubleValue();
  }

  private static BigDecimal segment(Vector point, Vector from, Vector to) {
    Vector e = to.minus(from);
    Vector w = point.minus(from);
    BigDecimal length2 = e.dot(e);
    BigDecimal s = BigDecimal.ONE;
    if (length2.compareTo(SHORT_EDGE_SQUARED) > 0) {
      s = w.dot(e).divide(length2, DIGITS).max(BigDecimal.ZERO).min(BigDecimal.ONE);
    }
    Vector gap = w.minus(e.times(s));
    return gap.dot(gap);
  }

  Crossing crossing(Vector origin, Vector direction) {
    Vector p = a.minus(origin);
    Vector q = b.minus(origin);
    Vector r = c.minus(origin);
    BigDecimal u = direction.dot(r.cross(q));
    BigDecimal v = direction.dot(p.cross(r));
    BigDecimal w = direction.dot(q.cross(p));
    BigDecimal volume = u.add(v).add(w);
    double t =
        volume.signum() == 0 ? Double.NaN : p.dot(r.cross(q)).divide(volume, DIGITS).doubleValue();
    return new Crossing(u.doubleValue(), v.doubleValue(), w.doubleValue(), t);
  }
}
