package org.nbvrollouts.store.zip;

import java.nio.ByteBuffer;
import org.nbvrollouts.store.error.InvalidContentException;

/**
 * Where the central directory lies and how many entries it has, from the last bytes of an archive.
 * The end record must be the very last 22 bytes, which leaves no room for a comment that looks like
 * another one, and the directory must reach exactly to it.
 */
record ZipEnd(long entries, long directoryOffset, long directoryBytes) {
  /** Bytes that hold every end record there may be. */
  static final int MOST_BYTES =
      ZipRecords.END_BYTES + ZipRecords.ZIP64_LOCATOR_BYTES + ZipRecords.ZIP64_END_BYTES;

  /**
   * Parses the end of an archive.
   *
   * @param tail its last bytes, at least {@link #MOST_BYTES} of them or all
   */
  static ZipEnd parse(byte[] tail, long archiveSize, String location) {
    ZipProblem problem = new ZipProblem(location);
    if (tail.length < ZipRecords.END_BYTES) {
      throw problem.of("no ZIP archive, or one cut short (bytes=" + archiveSize + ")");
    }
    long endOffset = archiveSize - ZipRecords.END_BYTES;
    ByteBuffer end =
        ZipRecords.view(tail, tail.length - ZipRecords.END_BYTES, ZipRecords.END_BYTES);
    if (end.getInt() != ZipRecords.END) {
      throw problem.of(
          "its last 22 bytes are no end record: no ZIP archive, one cut short, or one with a"
              + " comment");
    }
    int disks = end.getInt();
    int onDisk = end.getShort() & ZipRecords.MAX16;
    int entries = end.getShort() & ZipRecords.MAX16;
    long bytes = end.getInt() & ZipRecords.MAX32;
    long offset = end.getInt() & ZipRecords.MAX32;
    if (disks != 0 || onDisk != entries || end.getShort() != 0) {
      throw problem.of("it has several volumes or a comment");
    }
    boolean zip64 =
        entries == ZipRecords.MAX16 || bytes == ZipRecords.MAX32 || offset == ZipRecords.MAX32;
    if (!zip64) {
      return checked(new ZipEnd(entries, offset, bytes), endOffset, problem);
    }
    ZipEnd large = zip64(tail, endOffset, problem);
    boolean agrees =
        (entries == ZipRecords.MAX16 || entries == large.entries)
            && (bytes == ZipRecords.MAX32 || bytes == large.directoryBytes)
            && (offset == ZipRecords.MAX32 || offset == large.directoryOffset);
    if (!agrees) {
      throw problem.of("its two end records contradict each other");
    }
    return large;
  }

  private static ZipEnd zip64(byte[] tail, long endOffset, ZipProblem problem) {
    if (tail.length < MOST_BYTES) {
      throw problem.of("its ZIP64 end record is missing");
    }
    ByteBuffer record =
        ZipRecords.view(
            tail,
            tail.length - MOST_BYTES,
            ZipRecords.ZIP64_END_BYTES + ZipRecords.ZIP64_LOCATOR_BYTES);
    long recordOffset = endOffset - ZipRecords.ZIP64_LOCATOR_BYTES - ZipRecords.ZIP64_END_BYTES;
    boolean isRecord =
        record.getInt() == ZipRecords.ZIP64_END
            && record.getLong() == ZipRecords.ZIP64_END_BYTES - 12;
    record.getInt();
    boolean isOneDisk = record.getLong() == 0;
    long onDisk = record.getLong();
    long entries = record.getLong();
    long bytes = record.getLong();
    long offset = record.getLong();
    boolean isLocator =
        record.getInt() == ZipRecords.ZIP64_LOCATOR
            && record.getInt() == 0
            && record.getLong() == recordOffset
            && record.getInt() == 1;
    if (!isRecord || !isOneDisk || !isLocator || onDisk != entries) {
      throw problem.of("its ZIP64 end record is missing or damaged");
    }
    return checked(new ZipEnd(entries, offset, bytes), recordOffset, problem);
  }

  private static ZipEnd checked(ZipEnd end, long reachesTo, ZipProblem problem)
      throws InvalidContentException {
    boolean inside =
        end.directoryOffset >= 0
            && end.directoryBytes >= 0
            && end.directoryOffset <= reachesTo
            && end.directoryBytes == reachesTo - end.directoryOffset;
    if (!inside) {
      throw problem.of(
          "its central directory does not end where the end record begins (offset=%d, bytes=%d,"
                  .formatted(end.directoryOffset, end.directoryBytes)
              + " end=%d)".formatted(reachesTo));
    }
    boolean fits =
        end.entries >= 0 && end.entries <= end.directoryBytes / ZipRecords.DIRECTORY_ENTRY_BYTES;
    if (!fits) {
      throw problem.of(
          "its central directory is too short for its entries (entries=%d, bytes=%d)"
              .formatted(end.entries, end.directoryBytes));
    }
    return end;
  }
}
