package org.nbvrollouts.store.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Texts of finite and non-finite doubles: the shortest decimal digits that read back to the same
 * value, laid out as Python or as ECMAScript does (specification store appendix B.2, RFC 8785
 * 3.2.2.3). {@code Double.toString} is not shortest before JDK 19.
 */
final class NumberText {
  private static final int MAX_DIGITS = 17;
  private static final int CERTAIN_DIGITS = 15;

  private NumberText() {}

  static String pythonRepr(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double magnitude = Math.abs(value);
    if (Double.isInfinite(magnitude)) {
      return sign + "Infinity";
    }
    if (magnitude == 0.0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(magnitude);
    int exponent = leadingExponent(shortest);
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.toPlainString();
      return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
    String padded = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return sign + mantissa(shortest) + "e" + (exponent < 0 ? "-" : "+") + padded;
  }

  static String ecmaScript(double value) {
    if (value == 0.0) {
      return "0";
    }
    String sign = value < 0 ? "-" : "";
    BigDecimal shortest = shortest(Math.abs(value));
    int exponent = leadingExponent(shortest);
    if (exponent >= -6 && exponent < 21) {
      return sign + shortest.toPlainString();
    }
    return sign + mantissa(shortest) + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
  }

  static String msgspec(double value) {
    String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
    double magnitude = Math.abs(value);
    if (magnitude == 0.0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(magnitude);
    int exponent = leadingExponent(shortest);
    if (exponent >= -5 && exponent < 16) {
      String plain = shortest.toPlainString();
      return sign + (plain.indexOf('.') < 0 ? plain + ".0" : plain);
    }
    return sign + mantissa(shortest) + "e" + exponent;
  }

  /**
   * Most numbers that people write have few digits. No two texts of up to 15 digits read to the
   * same double, so one that the JDK gives is the shortest.
   */
  private static BigDecimal shortest(double magnitude) {
    BigDecimal given = new BigDecimal(Double.toString(magnitude)).stripTrailingZeros();
    return given.precision() <= CERTAIN_DIGITS && magnitude >= Double.MIN_NORMAL
        ? given
        : rounded(magnitude);
  }

  /** Rounds the exact value to ever more digits until the text reads back. */
  private static BigDecimal rounded(double magnitude) {
    BigDecimal exact = new BigDecimal(magnitude);
    for (int digits = 1; digits < MAX_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == magnitude) {
        return rounded.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(MAX_DIGITS, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static int leadingExponent(BigDecimal value) {
    return value.precision() - value.scale() - 1;
  }

  private static String mantissa(BigDecimal value) {
    String digits = value.unscaledValue().toString();
    return digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
  }
}
