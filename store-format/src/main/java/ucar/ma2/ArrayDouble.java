package ucar.ma2;

/** Array over {@code double[]}. */
public final class ArrayDouble extends Array {
  ArrayDouble(DataType type, Object storage, int[] shape, int[] strides, int offset) {
    super(type, storage, shape, strides, offset);
  }
}
