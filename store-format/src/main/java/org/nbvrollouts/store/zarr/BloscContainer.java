package org.nbvrollouts.store.zarr;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.scalableminds.bloscjava.Blosc;
import dev.zarr.zarrjava.ZarrException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads and writes Blosc chunks without a native Blosc (specification store appendix A). Written
 * chunks are zstd with bit shuffle in one block, or raw where compression does not help; the bytes
 * are the same on every platform. Chunks with another inner codec are left to the native library.
 */
final class BloscContainer {
  private static final int HEADER_BYTES = 16;
  private static final int FORMAT_VERSION = 2;
  private static final int CODEC_VERSION = 1;
  private static final int BYTE_SHUFFLE = 0x01;
  private static final int RAW = 0x02;
  private static final int BIT_SHUFFLE = 0x04;
  private static final int UNSPLIT = 0x10;
  private static final int CODEC_SHIFT = 5;
  private static final int CODEC_ZSTD = 4;
  private static final int MAX_SPLIT_TYPE_SIZE = 16;
  private static final int MIN_SPLIT_STREAM = 128;

  private BloscContainer() {}

  /** Compresses with the zstd level that Blosc assigns to its own compression level. */
  static byte[] encode(byte[] elements, int typeSize, int compressionLevel) {
    int zstdLevel = compressionLevel < 9 ? 2 * compressionLevel - 1 : Zstd.maxCompressionLevel();
    byte[] frame = Zstd.compress(BitShuffle.shuffle(elements, typeSize), zstdLevel);
    int prefix = HEADER_BYTES + 2 * Integer.BYTES;
    boolean raw = elements.length == 0 || frame.length + prefix >= elements.length + HEADER_BYTES;
    int total = raw ? HEADER_BYTES + elements.length : prefix + frame.length;
    int flags = CODEC_ZSTD << CODEC_SHIFT | UNSPLIT | BIT_SHUFFLE | (raw ? RAW : 0);
    ByteBuffer chunk = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put((byte) FORMAT_VERSION).put((byte) CODEC_VERSION).put((byte) flags);
    chunk.put((byte) typeSize).putInt(elements.length).putInt(elements.length).putInt(total);
    if (raw) {
      chunk.put(elements);
    } else {
      chunk.putInt(prefix - Integer.BYTES).putInt(frame.length).put(frame);
    }
    return chunk.array();
  }

  /**
   * Decompresses one chunk.
   *
   * @param limit most bytes a chunk may hold
   */
  static byte[] decode(byte[] bytes, int limit) throws ZarrException {
    if (bytes.length < HEADER_BYTES) {
      throw new ZarrException("Blosc chunk of " + bytes.length + " bytes has no header");
    }
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int flags = chunk.get(2) & 0xff;
    int size = chunk.getInt(4);
    int total = chunk.getInt(12);
    if (size < 0 || size > limit || total != bytes.length) {
      throw new ZarrException(
          "Blosc header says %d bytes of elements in %d (expected at most %d in %d)"
              .formatted(size, total, limit, bytes.length));
    }
    if ((flags & RAW) != 0) {
      if (bytes.length - HEADER_BYTES < size) {
        throw new ZarrException("Blosc chunk ends early");
      }
      byte[] elements = new byte[size];
      chunk.get(HEADER_BYTES, elements);
      return elements;
    }
    if (flags >>> CODEC_SHIFT != CODEC_ZSTD) {
      return decodeNatively(bytes, flags >>> CODEC_SHIFT);
    }
    try {
      return decodeBlocks(chunk, flags, size);
    } catch (IndexOutOfBoundsException | BufferUnderflowException | ZstdException e) {
      throw new ZarrException("Corrupt Blosc chunk: " + e.getMessage(), e);
    }
  }

  private static byte[] decodeBlocks(ByteBuffer chunk, int flags, int size) throws ZarrException {
    int typeSize = Math.max(1, chunk.get(3) & 0xff);
    int blockSize = chunk.getInt(8);
    if (blockSize < 1 && size > 0) {
      throw new ZarrException("Blosc block size " + blockSize);
    }
    byte[] elements = new byte[size];
    int blocks = size == 0 ? 0 : (size - 1) / blockSize + 1;
    for (int b = 0; b < blocks; b++) {
      int length = Math.min(blockSize, size - b * blockSize);
      boolean split =
          (flags & UNSPLIT) == 0
              && length == blockSize
              && typeSize <= MAX_SPLIT_TYPE_SIZE
              && blockSize / typeSize >= MIN_SPLIT_STREAM;
      int at = chunk.getInt(HEADER_BYTES + b * Integer.BYTES);
      byte[] block = decodeStreams(chunk, at, length, split ? typeSize : 1);
      System.arraycopy(unshuffle(block, flags, typeSize), 0, elements, b * blockSize, length);
    }
    return elements;
  }

  private static byte[] decodeStreams(ByteBuffer chunk, int offset, int length, int streams)
      throws ZarrException {
    byte[] block = new byte[length];
    int streamLength = length / streams;
    int at = offset;
    for (int s = 0; s < streams; s++) {
      int encoded = chunk.getInt(at);
      if (encoded < 0 || encoded > chunk.capacity() - at - Integer.BYTES) {
        throw new ZarrException("Blosc stream of " + encoded + " bytes");
      }
      byte[] stream = new byte[encoded];
      chunk.get(at + Integer.BYTES, stream);
      byte[] plain = encoded == streamLength ? stream : ZstdCodec.decompress(stream, streamLength);
      if (plain.length != streamLength) {
        throw new ZarrException("Blosc stream holds " + plain.length + " bytes");
      }
      System.arraycopy(plain, 0, block, s * streamLength, streamLength);
      at += Integer.BYTES + encoded;
    }
    return block;
  }

  private static byte[] unshuffle(byte[] block, int flags, int typeSize) {
    if ((flags & BIT_SHUFFLE) != 0) {
      return BitShuffle.unshuffle(block, typeSize);
    }
    return (flags & BYTE_SHUFFLE) != 0 && typeSize > 1
        ? BitShuffle.unshuffleBytes(block, typeSize)
        : block;
  }

  private static byte[] decodeNatively(byte[] bytes, int codec) throws ZarrException {
    try {
      return Blosc.decompress(bytes);
    } catch (RuntimeException e) {
      throw new ZarrException("Corrupt Blosc chunk: " + e.getMessage(), e);
    } catch (LinkageError e) {
      throw new ZarrException(
          "Blosc chunk with inner codec "
              + codec
              + " needs the native library, which has no build here",
          e);
    }
  }
}
