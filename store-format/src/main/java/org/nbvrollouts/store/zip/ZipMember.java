package org.nbvrollouts.store.zip;

/**
 * One member of an archive.
 *
 * @param name names joined by {@code /}, see {@link ZipNames}
 * @param headerOffset first byte of its local header
 * @param dataOffset first byte of its content
 * @param size bytes of its content
 * @param crc32 CRC-32 of its content
 */
public record ZipMember(String name, long headerOffset, long dataOffset, long size, int crc32) {

  /** Length of the local header. */
  int headerBytes() {
    return (int) (dataOffset - headerOffset);
  }
}
