package org.nbvrollouts.pipeline.config;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Checks of configuration values. Every method returns the value it accepts and throws {@link
 * RefusedValueException} with {@code Invalid <key>: <value> (expected <range>)} otherwise; NaN and
 * infinities are never accepted.
 */
public final class ConfigCheck {
  private ConfigCheck() {}

  /** Accepts integers of at least {@code least}. */
  public static int atLeast(String key, int value, int least) {
    if (value < least) {
      throw invalid(key, value, "at least " + least);
    }
    return value;
  }

  /** Accepts long integers of at least {@code least}. */
  public static long atLeast(String key, long value, long least) {
    if (value < least) {
      throw invalid(key, value, "at least " + least);
    }
    return value;
  }

  /** Accepts finite numbers of at least {@code least}. */
  public static double atLeast(String key, double value, double least) {
    if (!(value >= least) || Double.isInfinite(value)) {
      throw invalid(key, value, "a finite number of at least " + least);
    }
    return value;
  }

  /** Accepts finite numbers greater than {@code bound}. */
  public static double greaterThan(String key, double value, double bound) {
    if (!(value > bound) || Double.isInfinite(value)) {
      throw invalid(key, value, "a finite number greater than " + bound);
    }
    return value;
  }

  /** Accepts numbers in {@code [low, high]}. */
  public static double within(String key, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw invalid(key, value, "between " + low + " and " + high);
    }
    return value;
  }

  /** Accepts absence and finite numbers of at least {@code least}. */
  public static OptionalDouble atLeast(String key, OptionalDouble value, double least) {
    value.ifPresent(present -> atLeast(key, present, least));
    return value;
  }

  /** Accepts absence and finite numbers greater than {@code bound}. */
  public static OptionalDouble greaterThan(String key, OptionalDouble value, double bound) {
    value.ifPresent(present -> greaterThan(key, present, bound));
    return value;
  }

  /** Accepts text with at least one character that is not white space. */
  public static String notBlank(String key, String value) {
    if (value == null || value.isBlank()) {
      throw invalid(key, value == null ? "null" : '"' + value + '"', "text that is not blank");
    }
    return value;
  }

  /**
   * The one of {@code values} that goes by the name {@code text}.
   *
   * @param nameOf name of a value in configuration files
   */
  public static <T> T oneOf(
      String key, T[] values, Function<? super T, String> nameOf, String text) {
    for (T value : values) {
      if (nameOf.apply(value).equals(text)) {
        return value;
      }
    }
    throw invalid(key, text, choice(Stream.of(values).map(nameOf).toList()));
  }

  /** Accepts the texts of a list. */
  public static String oneOf(String key, List<String> choices, String text) {
    if (!choices.contains(text)) {
      throw invalid(key, text, choice(choices));
    }
    return text;
  }

  private static String choice(List<String> choices) {
    int last = choices.size() - 1;
    return last == 0
        ? choices.get(0)
        : String.join(", ", choices.subList(0, last)) + " or " + choices.get(last);
  }

  /** The failure of a key whose value breaks a rule. */
  public static RefusedValueException invalid(String key, Object value, String expected) {
    return new RefusedValueException(key, String.valueOf(value), expected);
  }
}
