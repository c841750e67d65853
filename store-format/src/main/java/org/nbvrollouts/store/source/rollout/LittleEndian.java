package org.nbvrollouts.store.source.rollout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Arrays as the little-endian bytes of binary columns. */
final class LittleEndian {
  private LittleEndian() {}

  static byte[] bytes(float... values) {
    byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return bytes;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[Math.multiplyExact(4, values.length)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putInt(value);
    }
    return bytes;
  }

  static float[] floats(byte[] bytes) {
    float[] values = new float[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  static int[] ints(byte[] bytes) {
    int[] values = new int[bytes.length / 4];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(values);
    return values;
  }
}
