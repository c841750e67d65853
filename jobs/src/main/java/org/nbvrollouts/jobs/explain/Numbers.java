package org.nbvrollouts.jobs.explain;

import java.util.Locale;

/** Numbers for people and for JSON. */
final class Numbers {
  private static final double LEAST_FIXED = 1e-4;
  private static final double LARGEST_FIXED = 1e6;
  private static final int DIGITS = 6;

  private Numbers() {}

  /** At most six significant digits; other values as they are. */
  static String text(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? "yes" : "no";
    }
    if (!(value instanceof Double real)) {
      return String.valueOf(value);
    }
    if (real.isNaN()) {
      return "none";
    }
    double size = Math.abs(real);
    if (real.isInfinite()) {
      return real > 0 ? "infinite" : "-infinite";
    }
    if (size == 0) {
      return "0";
    }
    if (size < LEAST_FIXED || size >= LARGEST_FIXED) {
      return String.format(Locale.ROOT, "%.5e", real);
    }
    int before = Math.max(0, (int) Math.floor(Math.log10(size)) + 1);
    String fixed = String.format(Locale.ROOT, "%." + Math.max(1, DIGITS - before) + "f", real);
    return fixed.replaceFirst("0+$", "").replaceFirst("\\.$", "");
  }

  /** A value that JSON can hold: numbers that are not finite become null. */
  static Object json(Object value) {
    return value instanceof Double real && !Double.isFinite(real) ? null : value;
  }

  static String metres(double value) {
    return String.format(Locale.ROOT, "%.3f m", value);
  }

  static String degrees(double value) {
    return String.format(Locale.ROOT, "%.1f deg", value);
  }

  /** An error, three significant digits. */
  static String squareMetres(double value) {
    return String.format(Locale.ROOT, "%.3g m2", value);
  }

  /** A gain with its sign; a tiny one with its exponent, so that it does not read as 0. */
  static String signed(double value) {
    if (value == 0) {
      return "0";
    }
    boolean isTiny = Math.abs(value) < LEAST_FIXED;
    return String.format(Locale.ROOT, isTiny ? "%+.1e" : "%+.4f", value);
  }
}
