package org.nbvrollouts.store.zip;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The records of an archive as {@link ZipArchiveWriter} writes them, by field (PKWARE APPNOTE 6.3.3
 * sections 4.3.7, 4.3.12 and 4.3.14 to 4.3.16). Every value that could differ between two runs is
 * fixed: the stamp is 1980-01-01 00:00, the mode is a plain file that its owner may write, and the
 * only extra field is the one of ZIP64, which is there exactly if a value does not fit 32 bits.
 */
final class ZipRecords {
  static final int LOCAL_HEADER = 0x04034b50;
  static final int LOCAL_HEADER_BYTES = 30;
  static final int DIRECTORY_ENTRY = 0x02014b50;
  static final int DIRECTORY_ENTRY_BYTES = 46;
  static final int END = 0x06054b50;
  static final int END_BYTES = 22;
  static final int ZIP64_END = 0x06064b50;
  static final int ZIP64_END_BYTES = 56;
  static final int ZIP64_LOCATOR = 0x07064b50;
  static final int ZIP64_LOCATOR_BYTES = 20;
  static final short ZIP64_EXTRA = 1;
  static final long MAX32 = 0xFFFF_FFFFL;
  static final int MAX16 = 0xFFFF;
  static final int VERSION_STORED = 20;
  static final int VERSION_ZIP64 = 45;

  /** Unix, so that the mode below counts; the version that this form was described in. */
  private static final int MADE_BY = 3 << 8 | VERSION_ZIP64;

  private static final int REGULAR_FILE_MODE = 0100644;
  private static final short STAMP_TIME = 0;
  private static final short STAMP_DATE = 1 << 5 | 1;

  private ZipRecords() {}

  /** The header in front of the content of a member. */
  static byte[] localHeader(String name, long size, int crc32) {
    byte[] text = name.getBytes(StandardCharsets.US_ASCII);
    boolean large = size >= MAX32;
    byte[] bytes = new byte[LOCAL_HEADER_BYTES + text.length + (large ? 20 : 0)];
    ByteBuffer header = view(bytes, 0, bytes.length);
    header.putInt(LOCAL_HEADER);
    putCommon(header, large, crc32, large ? MAX32 : size);
    header.putShort((short) text.length).putShort((short) (large ? 20 : 0)).put(text);
    if (large) {
      header.putShort(ZIP64_EXTRA).putShort((short) 16).putLong(size).putLong(size);
    }
    return bytes;
  }

  /** The entry of a member in the central directory. */
  static byte[] directoryEntry(ZipMember member) {
    byte[] text = member.name().getBytes(StandardCharsets.US_ASCII);
    boolean large = member.size() >= MAX32;
    boolean far = member.headerOffset() >= MAX32;
    int values = (large ? 16 : 0) + (far ? 8 : 0);
    int extra = values == 0 ? 0 : 4 + values;
    byte[] bytes = new byte[DIRECTORY_ENTRY_BYTES + text.length + extra];
    ByteBuffer entry = view(bytes, 0, bytes.length);
    entry.putInt(DIRECTORY_ENTRY).putShort((short) MADE_BY);
    putCommon(entry, large || far, member.crc32(), large ? MAX32 : member.size());
    entry.putShort((short) text.length).putShort((short) extra);
    entry.putShort((short) 0).putShort((short) 0).putShort((short) 0);
    entry.putInt(REGULAR_FILE_MODE << 16);
    entry.putInt((int) (far ? MAX32 : member.headerOffset())).put(text);
    if (extra > 0) {
      entry.putShort(ZIP64_EXTRA).putShort((short) values);
      if (large) {
        entry.putLong(member.size()).putLong(member.size());
      }
      if (far) {
        entry.putLong(member.headerOffset());
      }
    }
    return bytes;
  }

  /** Version, flags, method, stamp, CRC and both sizes: alike in both headers. */
  private static void putCommon(ByteBuffer record, boolean zip64, int crc32, long size) {
    record.putShort((short) (zip64 ? VERSION_ZIP64 : VERSION_STORED));
    record.putShort((short) 0).putShort((short) 0).putShort(STAMP_TIME).putShort(STAMP_DATE);
    record.putInt(crc32).putInt((int) size).putInt((int) size);
  }

  /** What closes an archive; the records of ZIP64 are there only if a value needs them. */
  static byte[] end(long members, long directoryOffset, long directoryBytes) {
    boolean zip64 = members >= MAX16 || directoryOffset >= MAX32 || directoryBytes >= MAX32;
    byte[] bytes = new byte[END_BYTES + (zip64 ? ZIP64_END_BYTES + ZIP64_LOCATOR_BYTES : 0)];
    ByteBuffer end = view(bytes, 0, bytes.length);
    if (zip64) {
      end.putInt(ZIP64_END).putLong(ZIP64_END_BYTES - 12);
      end.putShort((short) MADE_BY).putShort((short) VERSION_ZIP64).putInt(0).putInt(0);
      end.putLong(members).putLong(members).putLong(directoryBytes).putLong(directoryOffset);
      end.putInt(ZIP64_LOCATOR).putInt(0).putLong(directoryOffset + directoryBytes).putInt(1);
    }
    short count = (short) Math.min(members, MAX16);
    end.putInt(END).putShort((short) 0).putShort((short) 0).putShort(count).putShort(count);
    end.putInt((int) Math.min(directoryBytes, MAX32));
    end.putInt((int) Math.min(directoryOffset, MAX32)).putShort((short) 0);
    return bytes;
  }

  static ByteBuffer view(byte[] bytes, int offset, int length) {
    return ByteBuffer.wrap(bytes, offset, length).slice().order(ByteOrder.LITTLE_ENDIAN);
  }
}
