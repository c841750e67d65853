package org.nbvrollouts.store.schema;

import java.util.Optional;

/** Element type of a stored array, with its Zarr name and size. Values are little endian. */
public enum ElementType {
  BOOL("bool", 1),
  INT8("int8", 1),
  UINT8("uint8", 1),
  INT16("int16", 2),
  UINT16("uint16", 2),
  INT32("int32", 4),
  UINT32("uint32", 4),
  INT64("int64", 8),
  UINT64("uint64", 8),
  FLOAT16("float16", 2),
  FLOAT32("float32", 4),
  FLOAT64("float64", 8);

  private final String zarrName;
  private final int bytes;

  ElementType(String zarrName, int bytes) {
    this.zarrName = zarrName;
    this.bytes = bytes;
  }

  /** Value of {@code data_type} in an array document. */
  public String zarrName() {
    return zarrName;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
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
