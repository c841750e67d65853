package org.nbvrollouts.store.zarr;

import java.math.BigInteger;
import java.util.Locale;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.HalfFloat;

/** Translates fill values of array documents to the spelling of the Zarr library. */
final class FillValue {
  private FillValue() {}

  /**
   * The fill value for reading: numbers stay, {@code Infinity} gets the library's sign, float16
   * becomes its bit pattern.
   */
  static Object forReading(ArrayDocument document, String place) {
    Object fill = document.fillValue();
    if (document.type() == ElementType.BOOL) {
      if (!(fill instanceof Boolean)) {
        throw invalid(fill, place);
      }
      return fill;
    }
    if (!document.type().isFloat()) {
      if (!(fill instanceof Long || fill instanceof BigInteger)) {
        throw invalid(fill, place);
      }
      return ((Number) fill).longValue();
    }
    double value = number(fill, document.type(), place);
    if (document.type() == ElementType.FLOAT16) {
      return (long) (HalfFloat.fromFloat((float) value) & 0xffff);
    }
    if (Double.isNaN(value)) {
      return "NaN";
    }
    return Double.isInfinite(value) ? (Object) (value > 0 ? "+Infinity" : "-Infinity") : value;
  }

  private static double number(Object fill, ElementType type, String place) {
    if (fill instanceof Number number) {
      return number.doubleValue();
    }
    String text = String.valueOf(fill);
    switch (text) {
      case "NaN" -> {
        return Double.NaN;
      }
      case "Infinity", "+Infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-Infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        return bitPattern(text.toLowerCase(Locale.ROOT), type, fill, place);
      }
    }
  }

  private static double bitPattern(String text, ElementType type, Object fill, String place) {
    if (!text.matches("0x[0-9a-f]{" + 2 * type.bytes() + "}")) {
      throw invalid(fill, place);
    }
    long bits = Long.parseUnsignedLong(text.substring(2), 16);
    return switch (type) {
      case FLOAT16 -> HalfFloat.toFloat((short) bits);
      case FLOAT32 -> Float.intBitsToFloat((int) bits);
      default -> Double.longBitsToDouble(bits);
    };
  }

  private static InvalidContentException invalid(Object fill, String place) {
    return new InvalidContentException(
        "Invalid fill_value: " + fill + " (expected a value of the data type, file=" + place + ")");
  }
}
