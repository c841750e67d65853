package org.nbvrollouts.store.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.zip.CRC32;
import org.nbvrollouts.store.error.InvalidContentException;

/**
 * Reads an archive of stored members by ranges. Opening is one request for the last 256 KiB, which
 * hold the central directory and the members before it; a larger directory costs one more. Every
 * member is then one request, or none if it lay in the first one.
 *
 * <p>Archives that are anything but plain stored members are refused ({@link
 * org.nbvrollouts.store.error.InvalidContentException}) before a byte of a member is read; the
 * memory that takes is bounded by the directory, which may have {@value #MOST_DIRECTORY_BYTES}
 * bytes. Thread-safe.
 */
public final class ZipArchive {
  private static final int TAIL_BYTES = 256 << 10;
  private static final int MOST_DIRECTORY_BYTES = 64 << 20;
  private static final int COPY_BYTES = 4 << 20;
  private static final int MOST_MEMBER_BYTES = Integer.MAX_VALUE - 128 * 1024;

  private final ZipBytes bytes;
  private final ZipProblem problem;
  private final byte[] tail;
  private final long tailOffset;
  private final ZipDirectory directory;

  private ZipArchive(ZipBytes bytes) {
    this.bytes = bytes;
    this.problem = new ZipProblem(bytes.location());
    int length = (int) Math.min(TAIL_BYTES, bytes.size());
    this.tailOffset = bytes.size() - length;
    this.tail = bytes.read(tailOffset, length);
    if (tail.length < length) {
      throw problem.of("it ends before its size says (bytes=" + bytes.size() + ")");
    }
    ZipEnd end = ZipEnd.parse(tail, bytes.size(), bytes.location());
    if (end.directoryBytes() > MOST_DIRECTORY_BYTES) {
      throw problem.of(
          "its central directory is too large (expected at most %d bytes, actual=%d)"
              .formatted(MOST_DIRECTORY_BYTES, end.directoryBytes()));
    }
    byte[] entries = range(end.directoryOffset(), (int) end.directoryBytes());
    this.directory = ZipDirectoryParser.parse(entries, end, bytes.location());
  }

  /** The same archive through another way to its bytes. */
  private ZipArchive(ZipArchive opened, ZipBytes bytes) {
    this.bytes = bytes;
    this.problem = opened.problem;
    this.tail = opened.tail;
    this.tailOffset = opened.tailOffset;
    this.directory = opened.directory;
  }

  /** Opens an archive. */
  public static ZipArchive open(ZipBytes bytes) {
    return new ZipArchive(bytes);
  }

  /** All members by name, in the order of names. */
  public NavigableMap<String, ZipMember> members() {
    return directory.members();
  }

  /** Where the archive lies, for messages. */
  public String location() {
    return bytes.location();
  }

  /** The whole content of a member; its header and its CRC-32 are checked. */
  public byte[] read(ZipMember member) {
    if (member.size() > MOST_MEMBER_BYTES) {
      throw problem.of("a member is too large for one read", member.name());
    }
    int header = member.headerBytes();
    byte[] both = range(member.headerOffset(), header + (int) member.size());
    checkHeader(member, both);
    CRC32 crc32 = new CRC32();
    crc32.update(both, header, both.length - header);
    checkCrc(member, crc32);
    return Arrays.copyOfRange(both, header, both.length);
  }

  /** A part of a member, without a check of its CRC-32; shorter if the member ends before. */
  public byte[] readRange(ZipMember member, long offset, int length) {
    long available = Math.max(0, Math.min(length, member.size() - offset));
    return range(member.dataOffset() + offset, (int) available);
  }

  /** Copies a member in bounded memory; its header and its CRC-32 are checked on the way. */
  public void copy(ZipMember member, OutputStream out) throws IOException {
    checkHeader(member, range(member.headerOffset(), member.headerBytes()));
    CRC32 crc32 = new CRC32();
    for (long done = 0; done < member.size(); done += COPY_BYTES) {
      byte[] part = readRange(member, done, (int) Math.min(COPY_BYTES, member.size() - done));
      crc32.update(part);
      out.write(part);
    }
    checkCrc(member, crc32);
  }

  /**
   * Reads every member in the order of the archive, in few large requests.
   *
   * @return what is wrong with them, one text each; empty if every CRC-32 and header is right
   */
  public List<String> damage() {
    List<String> found = new ArrayList<>();
    ZipArchive windowed = new ZipArchive(this, new WindowedBytes(bytes, COPY_BYTES));
    directory.members().values().stream()
        .sorted(Comparator.comparingLong(ZipMember::headerOffset))
        .forEach(
            member -> {
              try {
                windowed.copy(member, OutputStream.nullOutputStream());
              } catch (InvalidContentException e) {
                found.add(e.getMessage());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return found;
  }

  private byte[] range(long offset, int length) {
    if (offset >= tailOffset) {
      int from = (int) (offset - tailOffset);
      return Arrays.copyOfRange(tail, from, from + length);
    }
    byte[] found = bytes.read(offset, length);
    if (found.length != length) {
      throw problem.of("it ends before its size says (bytes=" + bytes.size() + ")");
    }
    return found;
  }

  private void checkCrc(ZipMember member, CRC32 crc32) {
    if ((int) crc32.getValue() != member.crc32()) {
      throw problem.of(
          "a member is damaged, its CRC-32 differs (expected=%08x, actual=%08x)"
              .formatted(member.crc32(), crc32.getValue()),
          member.name());
    }
  }

  /** The header in front of a member says what the directory says, or readers would disagree. */
  private void checkHeader(ZipMember member, byte[] bytes) {
    ByteBuffer header = ZipRecords.view(bytes, 0, member.headerBytes());
    byte[] name = member.name().getBytes(StandardCharsets.US_ASCII);
    int nameBytes = header.getShort(26) & ZipRecords.MAX16;
    int extraBytes = header.getShort(28) & ZipRecords.MAX16;
    long packed = header.getInt(18) & ZipRecords.MAX32;
    long size = header.getInt(22) & ZipRecords.MAX32;
    boolean large =
        extraBytes >= 20
            && packed == ZipRecords.MAX32
            && size == ZipRecords.MAX32
            && isZip64Of(member, header, ZipRecords.LOCAL_HEADER_BYTES + nameBytes);
    boolean agrees =
        header.getInt(0) == ZipRecords.LOCAL_HEADER
            && header.getShort(8) == 0
            && header.getInt(14) == member.crc32()
            && ((packed == member.size() && size == member.size()) || large)
            && nameBytes == name.length
            && nameBytes + extraBytes + ZipRecords.LOCAL_HEADER_BYTES == member.headerBytes()
            && Arrays.mismatch(
                    bytes,
                    ZipRecords.LOCAL_HEADER_BYTES,
                    ZipRecords.LOCAL_HEADER_BYTES + nameBytes,
                    name,
                    0,
                    name.length)
                < 0;
    if (!agrees) {
      throw problem.of("the header of a member contradicts the central directory", member.name());
    }
  }

  private static boolean isZip64Of(ZipMember member, ByteBuffer header, int extra) {
    return extra + 20 <= header.limit()
        && header.getShort(extra) == ZipRecords.ZIP64_EXTRA
        && header.getLong(extra + 4) == member.size()
        && header.getLong(extra + 12) == member.size();
  }
}
