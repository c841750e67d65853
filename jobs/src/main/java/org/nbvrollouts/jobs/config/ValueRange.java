package org.nbvrollouts.jobs.config;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which values a key accepts.
 *
 * @param least smallest number, negative infinity for none
 * @param leastAllowed false if {@code least} itself is refused
 * @param most largest number, positive infinity for none
 * @param choices the only texts (or {@code true}, {@code false}) allowed; empty for any
 */
record ValueRange(double least, boolean leastAllowed, double most, List<String> choices) {
  private static final ValueRange ANY =
      new ValueRange(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, List.of());

  ValueRange {
    choices = List.copyOf(choices);
  }

  static ValueRange any() {
    return ANY;
  }

  static ValueRange atLeast(double least) {
    return new ValueRange(least, true, Double.POSITIVE_INFINITY, List.of());
  }

  static ValueRange above(double bound) {
    return new ValueRange(bound, false, Double.POSITIVE_INFINITY, List.of());
  }

  static ValueRange between(double least, double most) {
    return new ValueRange(least, true, most, List.of());
  }

  static ValueRange oneOf(String... choices) {
    return oneOf(List.of(choices));
  }

  static ValueRange oneOf(List<String> choices) {
    return new ValueRange(Double.NEGATIVE_INFINITY, true, Double.POSITIVE_INFINITY, choices);
  }

  /** Accepts the names of {@code values}. */
  static <T> ValueRange oneOf(T[] values, Function<? super T, String> nameOf) {
    return oneOf(Stream.of(values).map(nameOf).toList());
  }

  /** Accepts a resolved value; every element of a list must be accepted. */
  boolean accepts(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().allMatch(this::accepts);
    }
    if (value instanceof Number number) {
      double x = number.doubleValue();
      return (leastAllowed ? x >= least : x > least) && x <= most;
    }
    return choices.isEmpty() || choices.contains(String.valueOf(value));
  }

  /** True if there is no largest number and no list of choices. */
  boolean isOpenAbove() {
    return most == Double.POSITIVE_INFINITY && choices.isEmpty();
  }

  /** The rule in words, empty if everything is accepted. */
  String words() {
    if (!choices.isEmpty()) {
      return choices.size() == 1 ? choices.get(0) : "one of " + String.join(", ", choices);
    }
    if (least == Double.NEGATIVE_INFINITY) {
      return "";
    }
    if (least == most) {
      return plain(least);
    }
    if (most != Double.POSITIVE_INFINITY) {
      return leastAllowed
          ? "between " + plain(least) + " and " + plain(most)
          : "greater than " + plain(least) + " and at most " + plain(most);
    }
    return (leastAllowed ? "at least " : "greater than ") + plain(least);
  }

  private static String plain(double bound) {
    return bound == StrictMath.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}
