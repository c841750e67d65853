package ucar.ma2;

/** Array over {@code float[]}. */
public final class ArrayFloat extends Array {
  ArrayFloat(DataType type, Object storage, int[] shape, int[] strides, int offset) {
    super(type, storage, shape, strides, offset);
  }
}
