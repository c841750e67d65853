package ucar.ma2;

/** Element types; an unsigned type is stored in the signed primitive of its size. */
public enum DataType {
  BOOLEAN(boolean.class),
  BYTE(byte.class),
  SHORT(short.class),
  INT(int.class),
  LONG(long.class),
  FLOAT(float.class),
  DOUBLE(double.class),
  UBYTE(byte.class),
  USHORT(short.class),
  UINT(int.class),
  ULONG(long.class);

  private final Class<?> primitive;

  DataType(Class<?> primitive) {
    this.primitive = primitive;
  }

  Class<?> primitive() {
    return primitive;
  }
}
