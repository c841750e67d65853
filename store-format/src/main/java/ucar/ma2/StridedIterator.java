package ucar.ma2;

/** The one iterator: an odometer over shape and strides. */
final class StridedIterator implements IndexIterator {
  private final Object storage;
  private final int[] shape;
  private final int[] strides;
  private final int[] position;
  private final int innerLength;
  private final int innerStride;
  private int rowStart;
  private int inner;
  private long remaining;

  StridedIterator(Object storage, int[] shape, int[] strides, int offset) {
    this.storage = storage;
    this.shape = shape;
    this.strides = strides;
    this.position = new int[shape.length];
    this.rowStart = offset;
    this.remaining = Array.sizeOf(shape);
    this.innerLength = shape.length == 0 ? 1 : shape[shape.length - 1];
    this.innerStride = shape.length == 0 ? 1 : strides[shape.length - 1];
  }

  @Override
  public boolean hasNext() {
    return remaining > 0;
  }

  private int next() {
    if (inner == innerLength) {
      nextRow();
    }
    remaining--;
    return rowStart + inner++ * innerStride;
  }

  private void nextRow() {
    inner = 0;
    for (int axis = shape.length - 2; axis >= 0; axis--) {
      rowStart += strides[axis];
      if (++position[axis] < shape[axis]) {
        return;
      }
      rowStart -= shape[axis] * strides[axis];
      position[axis] = 0;
    }
  }

  @Override
  public boolean getBooleanNext() {
    return ((boolean[]) storage)[next()];
  }

  @Override
  public byte getByteNext() {
    return ((byte[]) storage)[next()];
  }

  @Override
  public short getShortNext() {
    return ((short[]) storage)[next()];
  }

  @Override
  public int getIntNext() {
    return ((int[]) storage)[next()];
  }

  @Override
  public long getLongNext() {
    return ((long[]) storage)[next()];
  }

  @Override
  public float getFloatNext() {
    return ((float[]) storage)[next()];
  }

  @Override
  public double getDoubleNext() {
    return ((double[]) storage)[next()];
  }

  @Override
  public Object getObjectNext() {
    return java.lang.reflect.Array.get(storage, next());
  }

  @Override
  public void setBooleanNext(boolean value) {
    ((boolean[]) storage)[next()] = value;
  }

  @Override
  public void setByteNext(byte value) {
    ((byte[]) storage)[next()] = value;
  }

  @Override
  public void setShortNext(short value) {
    ((short[]) storage)[next()] = value;
  }

  @Override
  public void setIntNext(int value) {
    ((int[]) storage)[next()] = value;
  }

  @Override
  public void setLongNext(long value) {
    ((long[]) storage)[next()] = value;
  }

  @Override
  public void setFloatNext(float value) {
    ((float[]) storage)[next()] = value;
  }

  @Override
  public void setDoubleNext(double value) {
    ((double[]) storage)[next()] = value;
  }

  @Override
  public void setObjectNext(Object value) {
    java.lang.reflect.Array.set(storage, next(), value);
  }
}
