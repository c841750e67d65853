package org.nbvrollouts.store.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.ElementType;

/**
 * An array of the store in memory: element type, shape and little-endian elements in C order. A
 * flat index counts elements in C order. Immutable; equality is that of type, shape and bits, so
 * NaN equals NaN and 0.0 differs from −0.0.
 */
public final class TypedArray implements ArrayRows, Elements {
  private final ElementType type;
  private final int[] shape;
  private final ByteBuffer elements;

  /** Takes over the buffer: C order, little endian, exactly as long as the shape says. */
  TypedArray(ElementType type, int[] shape, ByteBuffer elements) {
    this.type = type;
    this.shape = shape;
    this.elements = elements.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A column of single elements over little-endian bytes, which it takes over. */
  public static TypedArray ofColumn(ElementType type, ByteBuffer elements) {
    return new TypedArray(type, new int[] {elements.remaining() / type.bytes()}, elements.slice());
  }

  /**
   * Rows over little-endian bytes in C order, which it takes over.
   *
   * @param rowShape lengths of all axes but the first; its elements divide the bytes
   */
  public static TypedArray ofRows(ElementType type, int[] rowShape, ByteBuffer elements) {
    int rowBytes = type.bytes();
    int[] shape = new int[1 + rowShape.length];
    for (int axis = 0; axis < rowShape.length; axis++) {
      shape[axis + 1] = rowShape[axis];
      rowBytes = Math.multiplyExact(rowBytes, rowShape[axis]);
    }
    shape[0] = elements.remaining() / rowBytes;
    return new TypedArray(type, shape, elements.slice());
  }

  /** The string array form: one JSON text, ASCII, as bytes (specification store 2.4). */
  public static TypedArray ofStrings(List<String> strings) {
    byte[] text = CanonicalJson.line(strings).getBytes(StandardCharsets.US_ASCII);
    return new TypedArray(ElementType.UINT8, new int[] {text.length}, ByteBuffer.wrap(text));
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public int rank() {
    return shape.length;
  }

  @Override
  public List<Integer> shape() {
    List<Integer> lengths = new ArrayList<>(shape.length);
    for (int length : shape) {
      lengths.add(length);
    }
    return Collections.unmodifiableList(lengths);
  }

  /** Length of one axis. */
  public int length(int axis) {
    return shape[axis];
  }

  @Override
  public int rows() {
    return shape.length == 0 ? 1 : shape[0];
  }

  /** A view. */
  @Override
  public TypedArray rows(int first, int count) {
    if (first == 0 && count == rows()) {
      return this;
    }
    int[] part = shape.clone();
    part[0] = count;
    int rowBytes = rowSize() * type.bytes();
    return new TypedArray(type, part, elements.slice(first * rowBytes, count * rowBytes));
  }

  @Override
  public int rowSize() {
    int size = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      size *= shape[axis];
    }
    return size;
  }

  /** Number of elements. */
  @Override
  public int size() {
    return elements.capacity() / type.bytes();
  }

  /** Integer or truth value (0, 1) of an element; unsigned types are not negative. */
  @Override
  public long longAt(int index) {
    return switch (type) {
      case BOOL, UINT8 -> elements.get(index) & 0xff;
      case INT8 -> elements.get(index);
      case INT16 -> elements.getShort(index * 2);
      case UINT16 -> elements.getShort(index * 2) & 0xffff;
      case INT32 -> elements.getInt(index * 4);
      case UINT32 -> Integer.toUnsignedLong(elements.getInt(index * 4));
      case INT64, UINT64 -> elements.getLong(index * 8);
      case FLOAT16, FLOAT32, FLOAT64 ->
          throw new IllegalStateException("Cannot read " + type.zarrName() + " as integer");
    };
  }

  /** As {@link #longAt}, for values that fit an int. */
  @Override
  public int intAt(int index) {
    return Math.toIntExact(longAt(index));
  }

  /** True if the element is not zero. */
  @Override
  public boolean booleanAt(int index) {
    return longAt(index) != 0;
  }

  /** Value of an element of any type; 64-bit integers are rounded. */
  @Override
  public double doubleAt(int index) {
    return switch (type) {
      case FLOAT16 -> HalfFloat.toFloat(elements.getShort(index * 2));
      case FLOAT32 -> elements.getFloat(index * 4);
      case FLOAT64 -> elements.getDouble(index * 8);
      default -> longAt(index);
    };
  }

  /** As {@link #doubleAt}, rounded to float32. */
  public float floatAt(int index) {
    return (float) doubleAt(index);
  }

  /** All elements as 64-bit integers, in a new array. */
  @Override
  public long[] longs() {
    long[] values = new long[size()];
    Arrays.setAll(values, this::longAt);
    return values;
  }

  /** All elements as 32-bit integers, in a new array. */
  public int[] ints() {
    int[] values = new int[size()];
    Arrays.setAll(values, this::intAt);
    return values;
  }

  /** All elements as float32, in a new array. */
  public float[] floats() {
    float[] values = new float[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = floatAt(i);
    }
    return values;
  }

  /** All elements as float64, in a new array. */
  public double[] doubles() {
    double[] values = new double[size()];
    Arrays.setAll(values, this::doubleAt);
    return values;
  }

  /** All elements as truth values, in a new array. */
  public boolean[] bools() {
    boolean[] values = new boolean[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = booleanAt(i);
    }
    return values;
  }

  /**
   * Decodes a string array (specification store 2.4).
   *
   * @param place path of the array for messages
   */
  public List<String> strings(String place) {
    if (type != ElementType.UINT8 || shape.length != 1) {
      throw new InvalidContentException(
          "Invalid string array: %s of shape %s (expected uint8 of rank 1, array=%s)"
              .formatted(type.zarrName(), shape(), place));
    }
    byte[] text = new byte[elements.capacity()];
    elements.get(0, text);
    if (!(JsonParser.parse(text, place) instanceof List<?> items)) {
      throw new InvalidContentException(
          "Invalid string array: not a JSON array (expected a list of texts, array=" + place + ")");
    }
    List<String> strings = new ArrayList<>(items.size());
    for (Object item : items) {
      if (!(item instanceof String string)) {
        throw new InvalidContentException(
            "Invalid string array: entry " + strings.size() + " is no text (array=" + place + ")");
      }
      strings.add(string);
    }
    return Collections.unmodifiableList(strings);
  }

  /** The elements, little endian in C order; a read-only view of its own. */
  public ByteBuffer littleEndian() {
    return elements.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TypedArray that
        && type == that.type
        && Arrays.equals(shape, that.shape)
        && elements.equals(that.elements);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * type.hashCode() + Arrays.hashCode(shape)) + elements.hashCode();
  }

  @Override
  public String toString() {
    return type.zarrName() + shape();
  }
}
