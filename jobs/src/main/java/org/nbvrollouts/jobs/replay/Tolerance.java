package org.nbvrollouts.jobs.replay;

import org.nbvrollouts.store.table.HalfFloat;

/** How equal a stored real number has to be to the recomputed double. */
enum Tolerance {
  /** Not at all different. */
  EXACT("equal") {
    @Override
    boolean accepts(double stored, double recomputed) {
      return stored == recomputed;
    }
  },
  /** The float32 next to the rounded double at most. */
  FLOAT("1 ulp of float32") {
    @Override
    boolean accepts(double stored, double recomputed) {
      return Math.abs(steps((float) stored) - (long) steps((float) recomputed)) <= 1;
    }
  },
  /** As {@link #FLOAT}, or a difference of two errors that is off by their rounding. */
  GAIN("1 ulp of float32 or 1e-9") {
    @Override
    boolean accepts(double stored, double recomputed) {
      return FLOAT.accepts(stored, recomputed) || Math.abs(stored - recomputed) <= 1e-9;
    }
  },
  /** The float16 next to the rounded double at most. */
  HALF("1 ulp of float16") {
    @Override
    boolean accepts(double stored, double recomputed) {
      return Math.abs(halfSteps(stored) - halfSteps(recomputed)) <= 1;
    }
  };

  private final String rule;

  Tolerance(String rule) {
    this.rule = rule;
  }

  /** For messages. */
  String rule() {
    return rule;
  }

  /** Equal numbers, infinities included, and two NaN are always accepted. */
  boolean isMet(double stored, double recomputed) {
    if (Double.isFinite(stored) && Double.isFinite(recomputed)) {
      return accepts(stored, recomputed);
    }
    return Double.compare(stored, recomputed) == 0;
  }

  abstract boolean accepts(double stored, double recomputed);

  /** Number of a float32 in ascending order; both zeros have the same. */
  private static int steps(float value) {
    int bits = Float.floatToIntBits(value);
    return bits < 0 ? Integer.MIN_VALUE - bits : bits;
  }

  private static int halfSteps(double value) {
    int bits = HalfFloat.fromFloat((float) value);
    return bits < 0 ? Short.MIN_VALUE - bits : bits;
  }
}
