package org.nbvrollouts.store.source.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Numbers in ASCII text. */
final class DecimalText {
  /** Integers up to here and powers of ten up to 10²² are exact doubles. */
  private static final long LARGEST_EXACT = 1L << 53;

  private static final int LARGEST_EXACT_POWER = 22;
  private static final int MAX_FAST_DIGITS = 18;
  private static final int MAX_SHOWN_BYTES = 80;
  private static final double[] POWERS_OF_TEN = powersOfTen();

  private DecimalText() {}

  private static double[] powersOfTen() {
    double[] powers = new double[LARGEST_EXACT_POWER + 1];
    for (int i = 0; i < powers.length; i++) {
      powers[i] = Double.parseDouble("1e" + i);
    }
    return powers;
  }

  /**
   * Parses a decimal number. One multiplication or division of two exact doubles is correctly
   * rounded (W. D. Clinger, "How to read floating point numbers accurately", 1990); everything
   * beyond goes to the JDK.
   */
  static double parse(byte[] text, int start, int end) {
    int position = start;
    boolean negative = position < end && text[position] == '-';
    if (position < end && (negative || text[position] == '+')) {
      position++;
    }
    long mantissa = 0;
    int digits = 0;
    int exponent = 0;
    int seen = 0;
    boolean point = false;
    for (; position < end; position++) {
      int character = text[position];
      if (character >= '0' && character <= '9') {
        seen++;
        exponent -= point ? 1 : 0;
        if (digits > 0 || character != '0') {
          digits++;
          mantissa = digits <= MAX_FAST_DIGITS ? 10 * mantissa + (character - '0') : mantissa;
        }
      } else if (character == '.' && !point) {
        point = true;
      } else {
        break;
      }
    }
    if (seen == 0) {
      return parseWord(text, start, end);
    }
    if (position < end) {
      exponent += parseExponent(text, position, start, end);
    }
    if (digits <= MAX_FAST_DIGITS
        && mantissa <= LARGEST_EXACT
        && Math.abs(exponent) <= LARGEST_EXACT_POWER) {
      double value =
          exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent];
      return negative ? -value : value;
    }
    return Double.parseDouble(string(text, start, end));
  }

  private static int parseExponent(byte[] text, int position, int start, int end) {
    int digit = position + 1;
    if (text[position] != 'e' && text[position] != 'E') {
      throw notANumber(text, start, end);
    }
    boolean negative = digit < end && text[digit] == '-';
    if (digit < end && (negative || text[digit] == '+')) {
      digit++;
    }
    if (digit == end) {
      throw notANumber(text, start, end);
    }
    int value = 0;
    for (; digit < end; digit++) {
      if (text[digit] < '0' || text[digit] > '9') {
        throw notANumber(text, start, end);
      }
      value = Math.min(1_000_000, 10 * value + (text[digit] - '0'));
    }
    return negative ? -value : value;
  }

  private static double parseWord(byte[] text, int start, int end) {
    String word = string(text, start, end).toLowerCase(Locale.ROOT);
    return switch (word) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw notANumber(text, start, end);
    };
  }

  static long parseInteger(byte[] text, int start, int end) {
    int first = start;
    if (first < end && (text[first] == '-' || text[first] == '+')) {
      first++;
    }
    if (first == end || end - first > MAX_FAST_DIGITS) {
      throw notANumber(text, start, end);
    }
    long value = 0;
    for (int i = first; i < end; i++) {
      if (text[i] < '0' || text[i] > '9') {
        throw notANumber(text, start, end);
      }
      value = 10 * value + (text[i] - '0');
    }
    return text[start] == '-' ? -value : value;
  }

  private static NumberFormatException notANumber(byte[] text, int start, int end) {
    String shown = string(text, start, Math.min(end, start + MAX_SHOWN_BYTES));
    return new NumberFormatException(
        "not a number: " + (end - start > MAX_SHOWN_BYTES ? shown + "…" : shown));
  }

  private static String string(byte[] text, int start, int end) {
    return new String(text, start, end - start, StandardCharsets.UTF_8);
  }
}
