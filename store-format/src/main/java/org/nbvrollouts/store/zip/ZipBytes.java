package org.nbvrollouts.store.zip;

/**
 * The bytes of an archive, readable from any position: a local file, or an object of a storage that
 * serves ranges. Failures of the storage are {@link
 * org.nbvrollouts.store.error.EnvironmentException}. Implementations are thread-safe.
 */
public interface ZipBytes {

  /** Length in bytes, known without a read. */
  long size();

  /**
   * One request for a range that lies within the size.
   *
   * @param offset first byte, 0-based
   * @return {@code length} bytes, fewer only if the bytes end before their size says
   */
  byte[] read(long offset, int length);

  /** Where the archive lies, for messages. */
  String location();
}
