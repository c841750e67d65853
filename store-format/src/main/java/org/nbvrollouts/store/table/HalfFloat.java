package org.nbvrollouts.store.table;

/** Conversion between float32 and IEEE 754 binary16 bit patterns. */
public final class HalfFloat {
  /** Largest finite half. */
  public static final float MAX_VALUE = 65504.0f;

  private static final int EXPONENT_BIAS_SHIFT = 112 << 23;

  private HalfFloat() {}

  /** Rounds to the nearest half, ties to even; overflow becomes infinity, NaN the quiet NaN. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 0x47800000) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x38800000) {
      // Adding 0.5 aligns the half's last bit with the float's, so the sum rounds to even itself.
      float aligned = Float.intBitsToFloat(magnitude) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(aligned) - Float.floatToRawIntBits(0.5f)));
    }
    int odd = (magnitude >>> 13) & 1;
    return (short) (sign | ((magnitude - EXPONENT_BIAS_SHIFT + 0xfff + odd) >>> 13));
  }

  /** The exact value of a half. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * 0x1p-24f;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(magnitude));
    }
    if (exponent == 0x1f) {
      return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
  }
}
