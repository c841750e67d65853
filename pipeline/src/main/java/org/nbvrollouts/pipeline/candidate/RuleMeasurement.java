package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.store.schema.InvalidReason;

/**
 * One quantity that a rule measures of a candidate, and the bound it is held against (specification
 * generation 4.4).
 *
 * @param rule name of the rule
 * @param reason what a row is rejected with if the rule fails
 * @param quantity what is measured
 * @param unit m or deg
 * @param measured the quantity, also where the rule was not asked
 * @param answer what the rule said
 */
public record RuleMeasurement(
    String rule,
    InvalidReason reason,
    Quantity quantity,
    String unit,
    double measured,
    Bound bound,
    double threshold,
    Answer answer) {

  /** What rules measure. */
  public enum Quantity {
    /** Centre to the nearest side of the occupancy extent, negative outside. */
    FREE_SPACE_MARGIN("centre inside the occupancy extent"),
    STEP_LENGTH("length of the move"),
    HEIGHT_DELTA("change of height"),
    BACKWARD_STEP("step backwards"),
    YAW_DELTA("horizontal turn"),
    MESH_DISTANCE("centre to the mesh"),
    PATH_CLEARANCE("straight move to the mesh");

    private final String words;

    Quantity(String words) {
      this.words = words;
    }

    /** The quantity in words. */
    public String words() {
      return words;
    }
  }

  /** How a quantity is compared with its threshold. */
  public enum Bound {
    AT_LEAST(">="),
    ABOVE(">"),
    AT_MOST("<=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }

    /** The sign of the comparison. */
    public String sign() {
      return sign;
    }

    boolean holds(double measured, double threshold) {
      return switch (this) {
        case AT_LEAST -> measured >= threshold;
        case ABOVE -> measured > threshold;
        case AT_MOST -> measured <= threshold;
      };
    }
  }

  /** What a rule said of a quantity. */
  public enum Answer {
    PASSED,
    FAILED,
    /** An earlier rule had rejected the row. */
    NOT_ASKED
  }

  /** True if the quantity keeps its bound, asked or not. */
  public boolean holds() {
    return bound.holds(measured, threshold);
  }
}
