package org.nbvrollouts.store.source.rollout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** Remembers which bytes of a file were read. */
final class CountingInputFile implements InputFile {
  private final InputFile file;

  /** Length read by start position, in read order for equal starts. */
  private final NavigableMap<Long, Long> reads;

  CountingInputFile(InputFile file, NavigableMap<Long, Long> reads) {
    this.file = file;
    this.reads = reads;
  }

  @Override
  public long getLength() throws IOException {
    return file.getLength();
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    return new Counting(file.newStream());
  }

  private final class Counting extends SeekableInputStream {
    private final SeekableInputStream stream;

    Counting(SeekableInputStream stream) {
      this.stream = stream;
    }

    private void count(long start) throws IOException {
      reads.merge(start, stream.getPos() - start, Math::max);
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void seek(long position) throws IOException {
      stream.seek(position);
    }

    @Override
    public int read() throws IOException {
      long start = getPos();
      int value = stream.read();
      count(start);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      long start = getPos();
      int read = stream.read(bytes, offset, length);
      count(start);
      return read;
    }

    @Override
    public void readFully(byte[] bytes) throws IOException {
      readFully(bytes, 0, bytes.length);
    }

    @Override
    public void readFully(byte[] bytes, int offset, int length) throws IOException {
      long start = getPos();
      stream.readFully(bytes, offset, length);
      count(start);
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      long start = getPos();
      int read = stream.read(buffer);
      count(start);
      return read;
    }

    @Override
    public void readFully(ByteBuffer buffer) throws IOException {
      long start = getPos();
      stream.readFully(buffer);
      count(start);
    }

    @Override
    public void close() throws IOException {
      stream.close();
    }
  }
}
