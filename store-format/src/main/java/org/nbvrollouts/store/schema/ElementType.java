package org.nbvrollouts.store.schema;

import java.util.Optional;

/** Element type of a stored array, with its Zarr name and size. Values are little endian. */
public enum ElementType {
  BOOL("bool", 1, "BOOLEAN"),
  INT8("int8", 1, "TINYINT"),
  UINT8("uint8", 1, "SMALLINT"),
  INT16("int16", 2, "SMALLINT"),
  UINT16("uint16", 2, "INT"),
  INT32("int32", 4, "INT"),
  UINT32("uint32", 4, "BIGINT"),
  INT64("int64", 8, "BIGINT"),
  UINT64("uint64", 8, "DECIMAL(20,0)"),
  FLOAT16("float16", 2, "FLOAT"),
  FLOAT32("float32", 4, "FLOAT"),
  FLOAT64("float64", 8, "DOUBLE");

  private final String zarrName;
  private final int bytes;
  private final String sqlType;

  ElementType(String zarrName, int bytes, String sqlType) {
    this.zarrName = zarrName;
    this.bytes = bytes;
    this.sqlType = sqlType;
  }

  /** Value of {@code data_type} in an array document. */
  public String zarrName() {
    return zarrName;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Spark SQL type that holds every value; unsigned types have no counterpart of their own. */
  public String sqlType() {
    return sqlType;
  }

  /** True for the three floating-point types. */
  public boolean isFloat() {
    return this == FLOAT16 || this == FLOAT32 || this == FLOAT64;
  }

  /** The type with this Zarr name, or empty. */
  public static Optional<ElementType> ofZarrName(String name) {
    for (ElementType type : values()) {
      if (type.zarrName.equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
