package org.nbvrollouts.pipeline.config;

import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Range checks of configuration values. Every method returns the value it accepts and throws {@link
 * RefusedInputException} with {@code Invalid <key>: <value> (expected <range>)} otherwise; NaN and
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
      throw invalid(key, Optional.ofNullable(value).orElse("null"), "text that is not blank");
    }
    return value;
  }

  /** The failure of a key whose value breaks a rule. */
  public static RefusedInputException invalid(String key, Object value, String expected) {
    return new RefusedInputException(
        "Invalid " + key + ": " + value + " (expected " + expected + ")");
  }
}
