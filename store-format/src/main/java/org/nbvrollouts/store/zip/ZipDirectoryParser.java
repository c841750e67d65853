package org.nbvrollouts.store.zip;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Parses a central directory. Members must be stored, tile the archive from its first byte to the
 * directory without gap or overlap, and have names that mean the same to everybody; then the place
 * of every content follows from the directory alone, and no byte of the archive is hidden from it.
 */
final class ZipDirectoryParser {
  private static final int FLAG_ENCRYPTED = 1;
  private static final int FLAG_SIZES_BEHIND = 1 << 3;
  private static final int FLAG_UTF8 = 1 << 11;
  private static final int UNIX = 3;
  private static final int MODE_TYPE = 0170000;
  private static final int MODE_LINK = 0120000;

  private final ZipProblem problem;
  private final long directoryOffset;

  private ZipDirectoryParser(String location, long directoryOffset) {
    this.problem = new ZipProblem(location);
    this.directoryOffset = directoryOffset;
  }

  /** One entry before its place in the archive is known. */
  private record Entry(String name, int nameBytes, long headerOffset, long size, int crc32) {
    boolean isFolder() {
      return name.endsWith("/");
    }
  }

  /**
   * Parses a directory.
   *
   * @param bytes exactly the directory
   */
  static ZipDirectory parse(byte[] bytes, ZipEnd end, String location) {
    return new ZipDirectoryParser(location, end.directoryOffset()).parse(bytes, end.entries());
  }

  private ZipDirectory parse(byte[] bytes, long count) {
    ByteBuffer directory = ZipRecords.view(bytes, 0, bytes.length);
    List<Entry> entries = new ArrayList<>((int) count);
    try {
      for (long i = 0; i < count; i++) {
        entries.add(entry(directory));
      }
    } catch (BufferUnderflowException e) {
      throw problem.of("its central directory is cut short");
    }
    if (directory.hasRemaining()) {
      throw problem.of(
          "its central directory goes on after the last entry (entries=%d, bytes_left=%d)"
              .formatted(count, directory.remaining()));
    }
    return placed(entries);
  }

  private Entry entry(ByteBuffer directory) {
    if (directory.getInt() != ZipRecords.DIRECTORY_ENTRY) {
      throw problem.of("an entry of its central directory is damaged");
    }
    final int madeBy = directory.getShort() & ZipRecords.MAX16;
    final int needed = directory.getShort() & 0xFF;
    final int flags = directory.getShort() & ZipRecords.MAX16;
    final int method = directory.getShort() & ZipRecords.MAX16;
    directory.getInt();
    final int crc32 = directory.getInt();
    final long packed = directory.getInt() & ZipRecords.MAX32;
    final long size = directory.getInt() & ZipRecords.MAX32;
    final int nameBytes = directory.getShort() & ZipRecords.MAX16;
    final int extraBytes = directory.getShort() & ZipRecords.MAX16;
    final int commentBytes = directory.getShort() & ZipRecords.MAX16;
    final int disk = directory.getShort() & ZipRecords.MAX16;
    directory.getShort();
    final int attributes = directory.getInt();
    final long offset = directory.getInt() & ZipRecords.MAX32;
    byte[] text = new byte[nameBytes];
    directory.get(text);
    String name = new String(text, StandardCharsets.ISO_8859_1);
    checkKind(name, flags, method, needed);
    boolean link = madeBy >> 8 == UNIX && (attributes >>> 16 & MODE_TYPE) == MODE_LINK;
    if (commentBytes > 0 || disk != 0 || link) {
      throw problem.of("a member has a comment, is a link, or lies in another volume", name);
    }
    byte[] extra = new byte[extraBytes];
    directory.get(extra);
    long[] values = {size, packed, offset};
    zip64(ZipRecords.view(extra, 0, extraBytes), values, name);
    if (values[0] != values[1]) {
      throw problem.of(
          "a stored member has two sizes (packed=%d, unpacked=%d)".formatted(values[1], values[0]),
          name);
    }
    return new Entry(name, nameBytes, values[2], values[0], crc32);
  }

  private void checkKind(String name, int flags, int method, int needed) {
    ZipNames.problem(name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
        .ifPresent(
            rule -> {
              throw problem.of("a member has a name that is not allowed, " + rule, name);
            });
    if ((flags & FLAG_ENCRYPTED) != 0) {
      throw problem.of("a member is encrypted", name);
    }
    if (method != 0) {
      throw problem.of(
          "a member is compressed (expected method 0, actual=%d); its chunks are compressed already,"
                  .formatted(method)
              + " unpack the archive and pack it with 'store pack'",
          name);
    }
    if ((flags & FLAG_SIZES_BEHIND) != 0) {
      throw problem.of("the sizes of a member stand behind it, as a stream writes them", name);
    }
    if ((flags & ~FLAG_UTF8) != 0 || needed > ZipRecords.VERSION_ZIP64) {
      throw problem.of(
          "a member needs what this reader does not know (flags=%#x, version=%d)"
              .formatted(flags, needed),
          name);
    }
  }

  /** Replaces the values that do not fit 32 bits: unpacked size, packed size, offset. */
  private void zip64(ByteBuffer extra, long[] values, String name) {
    boolean found = false;
    while (extra.remaining() >= 4) {
      short id = extra.getShort();
      int length = extra.getShort() & ZipRecords.MAX16;
      if (length > extra.remaining()) {
        throw problem.of("an extra field of a member is cut short", name);
      }
      ByteBuffer field = extra.slice().order(extra.order()).limit(length);
      extra.position(extra.position() + length);
      if (id == ZipRecords.ZIP64_EXTRA) {
        int expected = 0;
        for (long value : values) {
          expected += value == ZipRecords.MAX32 ? 8 : 0;
        }
        if (found || length != expected) {
          throw problem.of("the ZIP64 values of a member are not those that it needs", name);
        }
        for (int i = 0; i < values.length; i++) {
          values[i] = values[i] == ZipRecords.MAX32 ? field.getLong() : values[i];
        }
        found = true;
      }
    }
    boolean missing = false;
    for (long value : values) {
      missing |= value < 0 || (!found && value == ZipRecords.MAX32);
    }
    if (extra.hasRemaining() || missing) {
      throw problem.of("the ZIP64 values of a member are missing or damaged", name);
    }
  }

  /** Finds the content of each member: it ends where the next header begins. */
  private ZipDirectory placed(List<Entry> entries) {
    entries.sort(Comparator.comparingLong(Entry::headerOffset));
    TreeMap<String, ZipMember> members = new TreeMap<>();
    long expected = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      long next = i + 1 < entries.size() ? entries.get(i + 1).headerOffset() : directoryOffset;
      long dataOffset = next - entry.size();
      long extra =
          dataOffset - entry.headerOffset() - ZipRecords.LOCAL_HEADER_BYTES - entry.nameBytes();
      if (entry.headerOffset() != expected || extra < 0 || extra > ZipRecords.MAX16) {
        throw problem.of(
            "its members overlap or leave gaps (offset=%d, bytes=%d, next=%d)"
                .formatted(entry.headerOffset(), entry.size(), next),
            entry.name());
      }
      expected = next;
      if (entry.isFolder()) {
        if (entry.size() != 0) {
          throw problem.of("a folder has content", entry.name());
        }
        continue;
      }
      ZipMember member =
          new ZipMember(
              entry.name(), entry.headerOffset(), dataOffset, entry.size(), entry.crc32());
      if (members.put(entry.name(), member) != null) {
        throw problem.of("two members have the same name", entry.name());
      }
    }
    if (expected != directoryOffset) {
      throw problem.of("bytes lie between its members and its central directory");
    }
    checkFolders(members);
    return new ZipDirectory(members);
  }

  /** A name may not be a file and a folder at once. */
  private void checkFolders(NavigableMap<String, ZipMember> members) {
    for (String name : members.keySet()) {
      // Names below "a" start at "a/"; what follows in order decides it.
      String below = members.ceilingKey(name + "/");
      if (below != null && below.startsWith(name + "/")) {
        throw problem.of("a member is a file and a folder at once", name);
      }
    }
  }
}
