package ucar.ma2;

/** Array over {@code boolean[]}. */
public final class ArrayBoolean extends Array {
  ArrayBoolean(DataType type, Object storage, int[] shape, int[] strides, int offset) {
    super(type, storage, shape, strides, offset);
  }
}
