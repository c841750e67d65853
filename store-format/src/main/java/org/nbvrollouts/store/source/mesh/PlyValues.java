package org.nbvrollouts.store.source.mesh;

import java.io.IOException;

/** The values of a PLY body in file order. */
interface PlyValues {
  /**
   * The next value.
   *
   * @throws java.io.EOFException if the file ends before it
   * @throws NumberFormatException if a text is no number
   */
  double next(PlyScalarType type) throws IOException;

  /** Tells that the next value is the first of a record. */
  void beginRecord();

  /**
   * Passes over the rest of a record whose length is not known.
   *
   * @return false if nothing says where the next record begins
   */
  boolean skipRecord();

  /** Upper bound of the bytes that are left in the file. */
  long remainingBytes();

  /** True if nothing but white space is left. */
  boolean isExhausted() throws IOException;
}
