package org.nbvrollouts.store.source.mesh;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The eight scalar types of PLY, under their old and their sized names. */
enum PlyScalarType {
  CHAR(1, "char", "int8"),
  UCHAR(1, "uchar", "uint8"),
  SHORT(2, "short", "int16"),
  USHORT(2, "ushort", "uint16"),
  INT(4, "int", "int32"),
  UINT(4, "uint", "uint32"),
  FLOAT(4, "float", "float32"),
  DOUBLE(8, "double", "float64");

  private final int bytes;
  private final String name;
  private final String sizedName;

  PlyScalarType(int bytes, String name, String sizedName) {
    this.bytes = bytes;
    this.name = name;
    this.sizedName = sizedName;
  }

  static Optional<PlyScalarType> named(String text) {
    for (PlyScalarType type : values()) {
      if (type.name.equals(text) || type.sizedName.equals(text)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  int bytes() {
    return bytes;
  }

  boolean isInteger() {
    return this != FLOAT && this != DOUBLE;
  }

  /** Reads one value in the byte order of the buffer; every type fits a double exactly. */
  double read(ByteBuffer buffer) {
    return switch (this) {
      case CHAR -> buffer.get();
      case UCHAR -> buffer.get() & 0xff;
      case SHORT -> buffer.getShort();
      case USHORT -> buffer.getShort() & 0xffff;
      case INT -> buffer.getInt();
      case UINT -> buffer.getInt() & 0xffff_ffffL;
      case FLOAT -> buffer.getFloat();
      case DOUBLE -> buffer.getDouble();
    };
  }
}
