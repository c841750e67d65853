package org.nbvrollouts.store.check;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.TypedArray;

/**
 * SHA-256 over framed records: an 8-byte big-endian length and a label, an 8-byte big-endian length
 * and a payload (specification campaign 7.4). NaN enters as one bit pattern.
 */
final class SealDigest {
  private static final short HALF_NAN = 0x7e00;
  private static final int ABSENT = -1;

  private final MessageDigest digest = CanonicalJson.newSha256();
  private final ByteBuffer length = ByteBuffer.allocate(Long.BYTES);

  /** Starts a record; exactly {@code payloadBytes} must follow. */
  void startRecord(String label, long payloadBytes) {
    text(label);
    length(payloadBytes);
  }

  /** A whole record. */
  void record(String label, byte[] payload) {
    startRecord(label, payload.length);
    digest.update(payload);
  }

  private void length(long bytes) {
    length.clear();
    digest.update(length.putLong(bytes).flip());
  }

  /** A text with its length. */
  void text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    length(utf8.length);
    digest.update(utf8);
  }

  /** Stands for a text that is not there. */
  void absentText() {
    length(ABSENT);
  }

  /** One 64-bit integer, little endian. */
  void number(long value) {
    digest.update(length.clear().putLong(Long.reverseBytes(value)).flip());
  }

  /** Elements {@code first} to {@code first + count − 1} of an array that is {@link #canonical}. */
  void elements(TypedArray array, int first, int count) {
    ByteBuffer bytes = array.littleEndian();
    int size = array.type().bytes();
    digest.update(bytes.position(first * size).limit((first + count) * size));
  }

  /** The rows with one bit pattern for NaN: themselves, or a copy if one has another. */
  static TypedArray canonical(TypedArray rows) {
    ByteBuffer bytes = rows.littleEndian();
    if (!rows.type().isFloat() || !hasOtherNan(rows.type(), bytes)) {
      return rows;
    }
    ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      switch (rows.type()) {
        case FLOAT16 -> {
          short half = bytes.getShort();
          copy.putShort((half & 0x7fff) > 0x7c00 ? HALF_NAN : half);
        }
        case FLOAT32 -> copy.putInt(Float.floatToIntBits(bytes.getFloat()));
        default -> copy.putLong(Double.doubleToLongBits(bytes.getDouble()));
      }
    }
    int[] rowShape = rows.shape().stream().skip(1).mapToInt(Integer::intValue).toArray();
    return TypedArray.ofRows(rows.type(), rowShape, copy.flip());
  }

  /** True if a NaN has another bit pattern than the one that enters. */
  private static boolean hasOtherNan(ElementType type, ByteBuffer bytes) {
    int found = 0;
    int end = bytes.limit();
    switch (type) {
      case FLOAT16 -> {
        for (int at = bytes.position(); at < end; at += Short.BYTES) {
          short half = bytes.getShort(at);
          found |= (half & 0x7fff) > 0x7c00 && half != HALF_NAN ? 1 : 0;
        }
      }
      case FLOAT32 -> {
        for (int at = bytes.position(); at < end; at += Float.BYTES) {
          int bits = bytes.getInt(at);
          found |= bits ^ Float.floatToIntBits(Float.intBitsToFloat(bits));
        }
      }
      default -> {
        for (int at = bytes.position(); at < end; at += Double.BYTES) {
          long bits = bytes.getLong(at);
          found |= bits == Double.doubleToLongBits(Double.longBitsToDouble(bits)) ? 0 : 1;
        }
      }
    }
    return found != 0;
  }

  /** The hash, 64 lower-case hex digits; the digest must not be used again. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
