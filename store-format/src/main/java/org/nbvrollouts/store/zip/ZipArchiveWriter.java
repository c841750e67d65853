package org.nbvrollouts.store.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * Writes an archive of stored members front to back, without looking back and without holding a
 * member: the bytes depend on names and contents alone. Members come in the order of their names.
 *
 * <pre>{@code
 * ZipArchiveWriter archive = new ZipArchiveWriter(out);
 * archive.add("a/b", size, crc32, content -> content.write(bytes));
 * archive.finish();
 * }</pre>
 *
 * <p>For one thread. An archive without its end, as a killed process leaves it, is refused by every
 * reader.
 */
public final class ZipArchiveWriter {
  private final OutputStream out;
  private final List<ZipMember> members = new ArrayList<>();
  private long position;

  /**
   * An archive that starts here.
   *
   * @param out stays open; buffered by the caller if it needs to be
   */
  public ZipArchiveWriter(OutputStream out) {
    this.out = out;
  }

  /** Writes the content of one member. */
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Adds a member. Size and CRC stand in front of the content, so they are needed before it;
   * content that turns out to be different is an error, for example of a file that changed
   * meanwhile.
   *
   * @param name after all earlier ones in the order of code points, see {@link ZipNames}
   * @throws IllegalArgumentException if the name is out of order or breaks the rules of names
   * @throws IOException if writing fails, or the content is not what was announced
   */
  public void add(String name, long size, int crc32, Content content) throws IOException {
    ZipNames.problem(name)
        .ifPresent(
            rule -> {
              throw new IllegalArgumentException(
                  "Invalid member name: %s (%s)".formatted(ZipNames.shown(name), rule));
            });
    if (!members.isEmpty() && members.get(members.size() - 1).name().compareTo(name) >= 0) {
      throw new IllegalArgumentException(
          "Invalid member order: %s after %s"
              .formatted(name, members.get(members.size() - 1).name()));
    }
    byte[] header = ZipRecords.localHeader(name, size, crc32);
    long dataOffset = position + header.length;
    members.add(new ZipMember(name, position, dataOffset, size, crc32));
    out.write(header);
    Counting counting = new Counting(out);
    CheckedOutputStream checked = new CheckedOutputStream(counting, new CRC32());
    content.writeTo(checked);
    if (counting.count != size || (int) checked.getChecksum().getValue() != crc32) {
      throw new IOException(
          "the content changed while it was packed (member=%s, expected=%d bytes, actual=%d)"
              .formatted(name, size, counting.count));
    }
    position = dataOffset + size;
  }

  /**
   * Writes the central directory; nothing may be added afterwards.
   *
   * @return bytes of the whole archive
   */
  public long finish() throws IOException {
    long directoryOffset = position;
    for (ZipMember member : members) {
      byte[] entry = ZipRecords.directoryEntry(member);
      out.write(entry);
      position += entry.length;
    }
    byte[] end = ZipRecords.end(members.size(), directoryOffset, position - directoryOffset);
    out.write(end);
    out.flush();
    return position + end.length;
  }

  private static final class Counting extends OutputStream {
    private final OutputStream out;
    private long count;

    Counting(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count += length;
    }
  }
}
