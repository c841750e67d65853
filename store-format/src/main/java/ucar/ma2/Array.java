package ucar.ma2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Strided view on one primitive array. Sections and permutations share the elements of their
 * source.
 */
public class Array {
  private final DataType type;
  private final Object storage;
  private final int[] shape;
  private final int[] strides;
  private final int offset;

  Array(DataType type, Object storage, int[] shape, int[] strides, int offset) {
    this.type = type;
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  /** A new array of zeros. */
  public static Array factory(DataType type, int[] shape) {
    int size = Math.toIntExact(sizeOf(shape));
    return contiguous(type, shape, java.lang.reflect.Array.newInstance(type.primitive(), size));
  }

  /** Copies the elements out of a buffer, in its byte order, from its position on. */
  public static Array factory(DataType type, int[] shape, ByteBuffer bytes) {
    int size = Math.toIntExact(sizeOf(shape));
    ByteBuffer source = bytes.slice().order(bytes.order());
    Object storage = java.lang.reflect.Array.newInstance(type.primitive(), size);
    switch (type) {
      case BOOLEAN -> {
        boolean[] values = (boolean[]) storage;
        for (int i = 0; i < size; i++) {
          values[i] = source.get(i) != 0;
        }
      }
      case BYTE, UBYTE -> source.get((byte[]) storage);
      case SHORT, USHORT -> source.asShortBuffer().get((short[]) storage);
      case INT, UINT -> source.asIntBuffer().get((int[]) storage);
      case LONG, ULONG -> source.asLongBuffer().get((long[]) storage);
      case FLOAT -> source.asFloatBuffer().get((float[]) storage);
      case DOUBLE -> source.asDoubleBuffer().get((double[]) storage);
    }
    return contiguous(type, shape, storage);
  }

  /** Wraps elements in C order without copying. */
  public static Array factory(DataType type, int[] shape, Object storage) {
    return contiguous(type, shape, storage);
  }

  /** Wraps elements in the C order of the index without copying. */
  public static Array factory(DataType type, Index index, Object storage) {
    return contiguous(type, index.shape(), storage);
  }

  private static Array contiguous(DataType type, int[] shape, Object storage) {
    if (java.lang.reflect.Array.getLength(storage) < sizeOf(shape)) {
      throw new IllegalArgumentException(
          "Invalid array: "
              + java.lang.reflect.Array.getLength(storage)
              + " elements (expected "
              + sizeOf(shape)
              + ")");
    }
    return view(type, storage, shape.clone(), contiguousStrides(shape), 0);
  }

  private static Array view(DataType type, Object storage, int[] shape, int[] strides, int offset) {
    return switch (type) {
      case BOOLEAN -> new ArrayBoolean(type, storage, shape, strides, offset);
      case FLOAT -> new ArrayFloat(type, storage, shape, strides, offset);
      case DOUBLE -> new ArrayDouble(type, storage, shape, strides, offset);
      default -> new Array(type, storage, shape, strides, offset);
    };
  }

  static int[] contiguousStrides(int[] shape) {
    int[] strides = new int[shape.length];
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    return strides;
  }

  static long sizeOf(int[] shape) {
    long size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, (long) length);
    }
    return size;
  }

  public int[] getShape() {
    return shape.clone();
  }

  public int getRank() {
    return shape.length;
  }

  /** Class of the primitive that holds one element. */
  public Class<?> getElementType() {
    return type.primitive();
  }

  public Index getIndex() {
    return new Index(shape, strides, offset);
  }

  public long getLong(Index index) {
    return ((Number) java.lang.reflect.Array.get(storage, index.element())).longValue();
  }

  /** Sets an element of a 64-bit integer array. */
  public void setLong(Index index, long value) {
    java.lang.reflect.Array.setLong(storage, index.element(), value);
  }

  public IndexIterator getIndexIterator() {
    return new StridedIterator(storage, shape, strides, offset);
  }

  /** Iterator over one range per axis. */
  public IndexIterator getRangeIterator(List<Range> ranges) throws InvalidRangeException {
    int[] origin = new int[shape.length];
    int[] length = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      origin[axis] = ranges.get(axis).first();
      length[axis] = ranges.get(axis).length();
    }
    return sectionNoReduce(origin, length, null).getIndexIterator();
  }

  /**
   * A view that keeps the rank.
   *
   * @param step distance of neighbours per axis, or null for one
   */
  public Array sectionNoReduce(int[] origin, int[] length, int[] step)
      throws InvalidRangeException {
    int[] sectionStrides = new int[shape.length];
    int sectionOffset = offset;
    for (int axis = 0; axis < shape.length; axis++) {
      int stride = step == null ? 1 : step[axis];
      long last = origin[axis] + (long) (length[axis] - 1) * stride;
      if (origin[axis] < 0 || length[axis] < 0 || stride < 1 || last >= shape[axis]) {
        throw new InvalidRangeException(
            "Invalid section: axis " + axis + " ends at " + last + " of " + shape[axis]);
      }
      sectionStrides[axis] = strides[axis] * stride;
      sectionOffset += origin[axis] * strides[axis];
    }
    return view(type, storage, length.clone(), sectionStrides, sectionOffset);
  }

  /** A view whose axis i is axis {@code order[i]} of this array. */
  public Array permute(int[] order) {
    int[] permutedShape = new int[shape.length];
    int[] permutedStrides = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      permutedShape[axis] = shape[order[axis]];
      permutedStrides[axis] = strides[order[axis]];
    }
    return view(type, storage, permutedShape, permutedStrides, offset);
  }

  /** The elements in C order in a new primitive array. */
  public Object copyTo1DJavaArray() {
    int size = Math.toIntExact(sizeOf(shape));
    Object copy = java.lang.reflect.Array.newInstance(type.primitive(), size);
    if (isContiguous()) {
      System.arraycopy(storage, offset, copy, 0, size);
      return copy;
    }
    IndexIterator from = getIndexIterator();
    IndexIterator to = contiguous(type, shape, copy).getIndexIterator();
    while (from.hasNext()) {
      switch (type) {
        case BOOLEAN -> to.setBooleanNext(from.getBooleanNext());
        case BYTE, UBYTE -> to.setByteNext(from.getByteNext());
        case SHORT, USHORT -> to.setShortNext(from.getShortNext());
        case INT, UINT -> to.setIntNext(from.getIntNext());
        case LONG, ULONG -> to.setLongNext(from.getLongNext());
        case FLOAT -> to.setFloatNext(from.getFloatNext());
        case DOUBLE -> to.setDoubleNext(from.getDoubleNext());
      }
    }
    return copy;
  }

  private boolean isContiguous() {
    int stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      if (shape[axis] != 1 && strides[axis] != stride) {
        return false;
      }
      stride *= shape[axis];
    }
    return true;
  }

  /** The elements in C order in a new buffer, positioned at its start. */
  public ByteBuffer getDataAsByteBuffer(ByteOrder order) {
    Object elements = copyTo1DJavaArray();
    int size = java.lang.reflect.Array.getLength(elements);
    return switch (type) {
      case BOOLEAN -> {
        boolean[] values = (boolean[]) elements;
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
          bytes[i] = (byte) (values[i] ? 1 : 0);
        }
        yield ByteBuffer.wrap(bytes).order(order);
      }
      case BYTE, UBYTE -> ByteBuffer.wrap((byte[]) elements).order(order);
      case SHORT, USHORT -> {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Short.BYTES)).order(order);
        bytes.asShortBuffer().put((short[]) elements);
        yield bytes;
      }
      case INT, UINT -> {
        ByteBuffer bytes =
            ByteBuffer.allocate(Math.multiplyExact(size, Integer.BYTES)).order(order);
        bytes.asIntBuffer().put((int[]) elements);
        yield bytes;
      }
      case LONG, ULONG -> {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Long.BYTES)).order(order);
        bytes.asLongBuffer().put((long[]) elements);
        yield bytes;
      }
      case FLOAT -> {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Float.BYTES)).order(order);
        bytes.asFloatBuffer().put((float[]) elements);
        yield bytes;
      }
      case DOUBLE -> {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(size, Double.BYTES)).order(order);
        bytes.asDoubleBuffer().put((double[]) elements);
        yield bytes;
      }
    };
  }
}
