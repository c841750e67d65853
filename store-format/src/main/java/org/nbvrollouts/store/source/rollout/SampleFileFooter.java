package org.nbvrollouts.store.source.rollout;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Puts the footer of a new sample file into one form. parquet-java lists the encodings of a column
 * in the order of a hash set, and the hashes of its encodings differ from one JVM to the next; the
 * hash of a source must not.
 */
final class SampleFileFooter {
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
  private static final int TAIL_BYTES = Integer.BYTES + MAGIC.length;

  private SampleFileFooter() {}

  /** Sorts the encodings of every column chunk; pages and their offsets stay. */
  static void sortEncodings(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long tailStart = channel.size() - TAIL_BYTES;
      int length = read(channel, tailStart, Integer.BYTES).getInt();
      long start = tailStart - length;
      FileMetaData footer =
          Util.readFileMetaData(new ByteArrayInputStream(read(channel, start, length).array()));
      for (RowGroup group : footer.getRow_groups()) {
        for (ColumnChunk column : group.getColumns()) {
          Collections.sort(column.getMeta_data().getEncodings());
        }
      }
      channel.truncate(start);
      write(channel, start, withTail(footer));
    }
  }

  private static ByteBuffer withTail(FileMetaData footer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, bytes);
    ByteBuffer tail = ByteBuffer.allocate(TAIL_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.writeBytes(tail.putInt(bytes.size()).put(MAGIC).array());
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private static ByteBuffer read(FileChannel channel, long start, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, start + bytes.position()) < 0) {
        throw new IOException("Cannot read footer: the file ends early");
      }
    }
    return bytes.flip();
  }

  private static void write(FileChannel channel, long start, ByteBuffer bytes) throws IOException {
    long base = start;
    while (bytes.hasRemaining()) {
      base += channel.write(bytes, base);
    }
  }
}
