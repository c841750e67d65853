package org.nbvrollouts.jobs.config;

/** How two numbers follow each other. */
enum NumberOrder {
  /** The second one is at least the first one. */
  NOT_FALLING("at least", "at most"),
  /** The second one is greater than the first one. */
  RISING("more than", "less than");

  private final String above;
  private final String below;

  NumberOrder(String above, String below) {
    this.above = above;
    this.below = below;
  }

  boolean holds(Number first, Number second) {
    return this == RISING
        ? first.doubleValue() < second.doubleValue()
        : first.doubleValue() <= second.doubleValue();
  }

  /** What the second number must be of the first one, in words. */
  String above() {
    return above;
  }

  /** What the first number must be of the second one, in words. */
  String below() {
    return below;
  }
}
