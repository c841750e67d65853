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
  private static final int BLOCK_BYTES = 1 << 16;
  private static final int ABSENT = -1;

  private final MessageDigest digest = CanonicalJson.newSha256();
  private final ByteBuffer length = ByteBuffer.allocate(Long.BYTES);
  private final ByteBuffer block;

  /**
   * An empty digest.
   *
   * @param block working space of {@link #newBlock}, which digests of one thread may share
   */
  SealDigest(ByteBuffer block) {
    this.block = block;
  }

  /** Working space for digests. */
  static ByteBuffer newBlock() {
    return ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  }

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

  /** Elements {@code first} to {@code first + count − 1} of an array. */
  void elements(TypedArray array, int first, int count) {
    ElementType type = array.type();
    ByteBuffer bytes = array.littleEndian();
    bytes.position(first * type.bytes()).limit((first + count) * type.bytes());
    if (!type.isFloat()) {
      digest.update(bytes);
      return;
    }
    block.clear();
    while (bytes.hasRemaining()) {
      switch (type) {
        case FLOAT16 -> {
          short half = bytes.getShort();
          block.putShort((half & 0x7fff) > 0x7c00 ? HALF_NAN : half);
        }
        case FLOAT32 -> block.putInt(Float.floatToIntBits(bytes.getFloat()));
        default -> block.putLong(Double.doubleToLongBits(bytes.getDouble()));
      }
      if (!block.hasRemaining()) {
        digest.update(block.flip());
        block.clear();
      }
    }
    digest.update(block.flip());
  }

  /** The hash, 64 lower-case hex digits; the digest must not be used again. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
