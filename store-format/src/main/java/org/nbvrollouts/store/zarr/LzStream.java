package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;

/**
 * A stream of literals and of copies of bytes that were written before. Every length is checked
 * before a byte is moved.
 */
abstract class LzStream {
  private final String what;
  private final byte[] in;
  private final byte[] out;
  private int from;
  private int to;

  /**
   * @param what how messages call the stream
   * @param length bytes that its content must have
   */
  LzStream(String what, byte[] stream, int length) {
    this.what = what;
    this.in = stream;
    this.out = new byte[length];
  }

  /** Follows the instructions until {@link #isAtEnd}. */
  abstract void run() throws ZarrException;

  /** The content; to be asked for once. */
  final byte[] content() throws ZarrException {
    try {
      run();
    } catch (IndexOutOfBoundsException e) {
      throw new ZarrException(
          "Corrupt %s: it ends early (byte=%d of %d)".formatted(what, from, in.length), e);
    }
    return out;
  }

  final int next() {
    return in[from++] & 0xff;
  }

  /** A length to which the bytes that follow are added, until one is not 255. */
  final int extended(int start) throws ZarrException {
    int length = start;
    int more;
    do {
      more = next();
      length += more;
      require(length <= out.length, "length", length);
    } while (more == 0xff);
    return length;
  }

  final void literals(int count) throws ZarrException {
    require(count <= in.length - from && count <= out.length - to, "literals", count);
    System.arraycopy(in, from, out, to, count);
    from += count;
    to += count;
  }

  /** Byte by byte, since a copy may overlap what it writes. */
  final void copy(int distance, int length) throws ZarrException {
    require(distance > 0 && distance <= to, "distance", distance);
    require(length <= out.length - to, "copy", length);
    for (int end = to + length; to < end; to++) {
      out[to] = out[to - distance];
    }
  }

  /** True if all has been read; the content is complete then. */
  final boolean isAtEnd() throws ZarrException {
    if (from < in.length) {
      return false;
    }
    require(to == out.length, "content", to);
    return true;
  }

  private void require(boolean holds, String part, int value) throws ZarrException {
    if (!holds) {
      throw new ZarrException(
          "Corrupt %s: %s of %d bytes (byte=%d of %d, content=%d of %d)"
              .formatted(what, part, value, from, in.length, to, out.length));
    }
  }
}
