package ucar.ma2;

/** Position in a strided array. */
public final class Index {
  private final int[] shape;
  private final int[] strides;
  private final int offset;
  private int element;

  Index(int[] shape, int[] strides, int offset) {
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
    this.element = offset;
  }

  /** Index of a contiguous array in C order. */
  public static Index factory(int[] shape) {
    return new Index(shape.clone(), Array.contiguousStrides(shape), 0);
  }

  /** Moves to a position; returns this. */
  public Index set(int[] position) {
    if (position.length != shape.length) {
      throw new IllegalArgumentException(
          "Invalid index: rank " + position.length + " (expected " + shape.length + ")");
    }
    int target = offset;
    for (int axis = 0; axis < shape.length; axis++) {
      if (position[axis] < 0 || position[axis] >= shape[axis]) {
        throw new IndexOutOfBoundsException(
            "Invalid index: " + position[axis] + " (expected below " + shape[axis] + ")");
      }
      target += position[axis] * strides[axis];
    }
    element = target;
    return this;
  }

  int[] shape() {
    return shape;
  }

  int element() {
    return element;
  }
}
