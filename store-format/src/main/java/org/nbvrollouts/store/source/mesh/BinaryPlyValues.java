package org.nbvrollouts.store.source.mesh;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;

/** A binary body, read through one large buffer. */
final class BinaryPlyValues implements PlyValues {
  private static final int BUFFER_BYTES = 1 << 20;

  private final ReadableByteChannel channel;
  private final ByteBuffer buffer;
  private long unread;

  /**
   * @param bodyBytes bytes from the position of the channel to the end of the file
   */
  BinaryPlyValues(ReadableByteChannel channel, ByteOrder order, long bodyBytes) {
    this.channel = channel;
    this.buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(order);
    this.buffer.limit(0);
    this.unread = bodyBytes;
  }

  @Override
  public double next(PlyScalarType type) throws IOException {
    if (buffer.remaining() < type.bytes()) {
      refill(type.bytes());
    }
    return type.read(buffer);
  }

  private void refill(int needed) throws IOException {
    buffer.compact();
    while (buffer.position() < needed) {
      int read = channel.read(buffer);
      if (read < 0) {
        throw new EOFException();
      }
      unread -= read;
    }
    buffer.flip();
  }

  @Override
  public void beginRecord() {
    // The bytes of a record have no mark before them.
  }

  @Override
  public boolean skipRecord() {
    return false;
  }

  @Override
  public long remainingBytes() {
    return unread + buffer.remaining();
  }

  @Override
  public boolean isExhausted() throws IOException {
    while (true) {
      while (buffer.hasRemaining()) {
        byte value = buffer.get();
        if (value != ' ' && value != '\t' && value != '\r' && value != '\n') {
          return false;
        }
      }
      buffer.clear();
      int read = channel.read(buffer);
      buffer.flip();
      if (read < 0) {
        return true;
      }
    }
  }
}
