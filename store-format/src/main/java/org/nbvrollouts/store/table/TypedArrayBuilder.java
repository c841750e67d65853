package org.nbvrollouts.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.nbvrollouts.store.schema.ElementType;

/**
 * Appends elements in C order and makes a {@link TypedArray} of them. Values that do not fit the
 * element type are refused with an {@link IllegalArgumentException}.
 */
public final class TypedArrayBuilder {
  private final ElementType type;
  private final int[] rowShape;
  private ByteBuffer elements;

  /**
   * Starts an empty array.
   *
   * @param rowShape lengths of all axes but the first
   */
  public TypedArrayBuilder(ElementType type, int... rowShape) {
    this.type = type;
    this.rowShape = rowShape.clone();
    this.elements = allocate(64);
  }

  /** An empty builder of the same kind, with room for as much as this one holds. */
  TypedArrayBuilder another() {
    TypedArrayBuilder other = new TypedArrayBuilder(type, rowShape);
    other.ensure(elements.position());
    return other;
  }

  /** Makes room, so that appending {@code count} elements allocates nothing. */
  public TypedArrayBuilder reserve(long count) {
    ensure(Math.toIntExact(Math.multiplyExact(count, (long) type.bytes())));
    return this;
  }

  /** Appends an integer or truth value. */
  public TypedArrayBuilder add(long value) {
    ensure(type.bytes());
    switch (type) {
      case BOOL -> elements.put((byte) inRange(value, 0, 1));
      case INT8 -> elements.put((byte) inRange(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
      case UINT8 -> elements.put((byte) inRange(value, 0, 0xff));
      case INT16 -> elements.putShort((short) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE));
      case UINT16 -> elements.putShort((short) inRange(value, 0, 0xffff));
      case INT32 -> elements.putInt((int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case UINT32 -> elements.putInt((int) inRange(value, 0, 0xffffffffL));
      case INT64, UINT64 -> elements.putLong(value);
      case FLOAT16, FLOAT32, FLOAT64 -> add((double) value);
    }
    return this;
  }

  private long inRange(long value, long least, long greatest) {
    if (value < least || value > greatest) {
      throw new IllegalArgumentException(
          "Invalid %s: %d (expected %d to %d)".formatted(type.zarrName(), value, least, greatest));
    }
    return value;
  }

  /** Appends a floating-point value, rounded to the element type; integers must be whole. */
  public TypedArrayBuilder add(double value) {
    ensure(type.bytes());
    switch (type) {
      case FLOAT16 -> elements.putShort(HalfFloat.fromFloat((float) value));
      case FLOAT32 -> elements.putFloat((float) value);
      case FLOAT64 -> elements.putDouble(value);
      default -> {
        if (value != Math.rint(value)) {
          throw new IllegalArgumentException(
              "Invalid %s: %s (expected a whole number)".formatted(type.zarrName(), value));
        }
        add((long) value);
      }
    }
    return this;
  }

  /** Appends a truth value. */
  TypedArrayBuilder addTruth(boolean value) {
    return add(value ? 1L : 0L);
  }

  /** Appends the same value many times. */
  public TypedArrayBuilder repeat(double value, int count) {
    for (int i = 0; i < count; i++) {
      add(value);
    }
    return this;
  }

  /** Appends the remaining bytes of a buffer: whole elements, little endian. */
  public TypedArrayBuilder addLittleEndian(ByteBuffer bytes) {
    ensure(bytes.remaining());
    elements.put(bytes);
    return this;
  }

  /** The array; the builder must not be used again. */
  public TypedArray build() {
    int rowBytes = type.bytes();
    for (int length : rowShape) {
      rowBytes = Math.multiplyExact(rowBytes, length);
    }
    int rows = rowBytes == 0 ? 0 : elements.position() / rowBytes;
    return build(rows);
  }

  /** As {@link #build()}, with the number of rows given, as rows without elements need it. */
  public TypedArray build(int rows) {
    int[] shape = new int[rowShape.length + 1];
    long bytes = (long) rows * type.bytes();
    shape[0] = rows;
    for (int axis = 0; axis < rowShape.length; axis++) {
      shape[axis + 1] = rowShape[axis];
      bytes *= rowShape[axis];
    }
    if (bytes != elements.position()) {
      throw new IllegalStateException(
          "Cannot build array: %d bytes do not make shape %s of %s"
              .formatted(elements.position(), Arrays.toString(shape), type.zarrName()));
    }
    return new TypedArray(type, shape, elements.slice(0, (int) bytes));
  }

  private void ensure(int bytes) {
    if (elements.remaining() < bytes) {
      long needed = (long) elements.position() + bytes;
      long doubled = Math.max(needed, 2L * elements.capacity());
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "Invalid array: more than 2 GiB (expected fewer rows per store)");
      }
      ByteBuffer larger = allocate((int) Math.min(doubled, Integer.MAX_VALUE - 8));
      elements.flip();
      larger.put(elements);
      elements = larger;
    }
  }

  private static ByteBuffer allocate(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
