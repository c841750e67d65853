package org.nbvrollouts.store.schema;

/**
 * One axis of a stored array: a fixed length, or a symbol that every array of the store shares.
 *
 * @param extent what the axis counts
 * @param fixedLength length if {@code extent} is {@link Extent#FIXED}, else −1
 */
public record Axis(Extent extent, int fixedLength) {

  /** What an axis counts; the symbols are those of specification store, notation. */
  public enum Extent {
    /** Always the same number. */
    FIXED(""),
    /** Bytes of one JSON text; differs from array to array. */
    TEXT("text"),
    SOURCES("n"),
    TARGETS("T"),
    ROLLOUTS("R"),
    STEPS("S"),
    CANDIDATES("N"),
    /** Widest candidate shell of any step. */
    SHELL("A"),
    SELECTED_DEPTHS("D"),
    EVAL_CROPS("K"),
    EVAL_CROP_POINTS("P"),
    DEPTH_HEIGHT("H"),
    DEPTH_WIDTH("W");

    private final String symbol;

    Extent(String symbol) {
      this.symbol = symbol;
    }

    /** Symbol in the specification. */
    public String symbol() {
      return symbol;
    }
  }

  public Axis {
    if ((extent == Extent.FIXED) != (fixedLength >= 0)) {
      throw new IllegalArgumentException(
          "Invalid axis: " + extent + " with length " + fixedLength + " (expected one of the two)");
    }
  }

  /** Parses a symbol or a number. */
  static Axis parse(String text) {
    for (Extent extent : Extent.values()) {
      if (extent != Extent.FIXED && extent.symbol.equals(text)) {
        return new Axis(extent, -1);
      }
    }
    return new Axis(Extent.FIXED, Integer.parseInt(text));
  }

  @Override
  public String toString() {
    return extent == Extent.FIXED ? Integer.toString(fixedLength) : extent.symbol;
  }
}
