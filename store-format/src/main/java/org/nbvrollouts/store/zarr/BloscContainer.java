package org.nbvrollouts.store.zarr;

import com.github.luben.zstd.Zstd;
import dev.zarr.zarrjava.ZarrException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads and writes Blosc chunks without a native Blosc (specification store appendix A). Written
 * chunks are zstd with bit shuffle in one block, or raw where compression does not help; the bytes
 * are the same on every platform. The inner codecs LZ4, zlib and BloscLZ of other writers are read.
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
  private static final int CODEC_BLOSCLZ = 0;
  private static final int CODEC_LZ4 = 1;
  private static final int CODEC_ZLIB = 3;
  private static final int CODEC_ZSTD = 4;
  private static final int MAX_SPLIT_TYPE_SIZE = 16;
  private static final int MIN_SPLIT_STREAM = 128;

  /** Larger blocks are none of ours, and are not kept. */
  private static final int MOST_KEPT_BYTES = 4 << 20;

  /** A block is what was decompressed and waits for its bits to be put back. */
  private static final Idle<byte[]> BLOCKS = new Idle<>();

  private BloscContainer() {}

  /** Compresses with the zstd level that Blosc assigns to its own compression level. */
  static byte[] encode(byte[] elements, int typeSize, int compressionLevel) {
    int zstdLevel = compressionLevel < 9 ? 2 * compressionLevel - 1 : Zstd.maxCompressionLevel();
    int prefix = HEADER_BYTES + 2 * Integer.BYTES;
    byte[] packed =
        ZstdFrames.compress(BitShuffle.shuffle(elements, typeSize), prefix, zstdLevel, false);
    boolean raw = elements.length == 0 || packed.length >= elements.length + HEADER_BYTES;
    byte[] bytes = raw ? new byte[HEADER_BYTES + elements.length] : packed;
    int flags = CODEC_ZSTD << CODEC_SHIFT | UNSPLIT | BIT_SHUFFLE | (raw ? RAW : 0);
    ByteBuffer chunk = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    chunk.put((byte) FORMAT_VERSION).put((byte) CODEC_VERSION).put((byte) flags);
    chunk.put((byte) typeSize).putInt(elements.length).putInt(elements.length).putInt(bytes.length);
    if (raw) {
      chunk.put(elements);
    } else {
      chunk.putInt(prefix - Integer.BYTES).putInt(bytes.length - prefix);
    }
    return bytes;
  }

  /**
   * Decompresses one chunk.
   *
   * @param limit most bytes a chunk may hold
   */
  static byte[] decode(byte[] bytes, int limit) throws ZarrException {
    int size = size(bytes, 0, bytes.length, limit);
    byte[] elements = new byte[size];
    decode(bytes, 0, bytes.length, elements, 0);
    return elements;
  }

  /**
   * Bytes of the elements in a chunk, as its header says.
   *
   * @param limit most bytes a chunk may hold
   */
  static int size(byte[] bytes, int at, int length, int limit) throws ZarrException {
    if (length < HEADER_BYTES) {
      throw new ZarrException("Blosc chunk of " + length + " bytes has no header");
    }
    ByteBuffer header = ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    int size = header.getInt(4);
    int total = header.getInt(12);
    if (size < 0 || size > limit || total != length) {
      throw new ZarrException(
          "Blosc header says %d bytes of elements in %d (expected at most %d in %d)"
              .formatted(size, total, limit, length));
    }
    return size;
  }

  /**
   * Decompresses one chunk whose {@link #size} is known.
   *
   * @param at where the chunk begins
   * @param target has room for its elements
   */
  static void decode(byte[] bytes, int at, int length, byte[] target, int targetAt)
      throws ZarrException {
    ByteBuffer chunk = ByteBuffer.wrap(bytes, at, length).slice().order(ByteOrder.LITTLE_ENDIAN);
    int flags = chunk.get(2) & 0xff;
    int size = chunk.getInt(4);
    if ((flags & RAW) != 0) {
      if (length - HEADER_BYTES < size) {
        throw new ZarrException("Blosc chunk ends early");
      }
      chunk.get(HEADER_BYTES, target, targetAt, size);
      return;
    }
    try {
      decodeBlocks(chunk, flags, size, target, targetAt);
    } catch (IndexOutOfBoundsException | BufferUnderflowException e) {
      throw new ZarrException("Corrupt Blosc chunk: a length leads out of it", e);
    }
  }

  private static void decodeBlocks(
      ByteBuffer chunk, int flags, int size, byte[] target, int targetAt) throws ZarrException {
    int typeSize = Math.max(1, chunk.get(3) & 0xff);
    int blockSize = chunk.getInt(8);
    if (blockSize < 1 && size > 0) {
      throw new ZarrException("Blosc block size " + blockSize);
    }
    byte[] block = blockOf(Math.min(Math.max(0, blockSize), size));
    int blocks = size == 0 ? 0 : (size - 1) / blockSize + 1;
    for (int b = 0; b < blocks; b++) {
      int length = Math.min(blockSize, size - b * blockSize);
      boolean split =
          (flags & UNSPLIT) == 0
              && length == blockSize
              && typeSize <= MAX_SPLIT_TYPE_SIZE
              && blockSize / typeSize >= MIN_SPLIT_STREAM;
      int at = chunk.getInt(HEADER_BYTES + b * Integer.BYTES);
      decodeStreams(chunk, at, block, length, split ? typeSize : 1, flags >>> CODEC_SHIFT);
      unshuffle(block, length, flags, typeSize, target, targetAt + b * blockSize);
    }
    if (block.length <= MOST_KEPT_BYTES) {
      BLOCKS.keeps(block);
    }
  }

  private static byte[] blockOf(int length) {
    byte[] idle = BLOCKS.poll();
    return idle != null && idle.length >= length ? idle : new byte[length];
  }

  private static void decodeStreams(
      ByteBuffer chunk, int offset, byte[] block, int length, int streams, int codec)
      throws ZarrException {
    int streamLength = length / streams;
    int at = offset;
    // Bytes of a block that its streams do not divide belong to none.
    Arrays.fill(block, streams * streamLength, length, (byte) 0);
    for (int s = 0; s < streams; s++) {
      int encoded = chunk.getInt(at);
      if (encoded < 0 || encoded > chunk.capacity() - at - Integer.BYTES) {
        throw new ZarrException("Blosc stream of " + encoded + " bytes");
      }
      int from = chunk.arrayOffset() + at + Integer.BYTES;
      if (encoded == streamLength) {
        chunk.get(at + Integer.BYTES, block, s * streamLength, streamLength);
      } else if (codec == CODEC_ZSTD) {
        ZstdFrames.decompress(chunk.array(), from, encoded, block, s * streamLength, streamLength);
      } else {
        byte[] stream = Arrays.copyOfRange(chunk.array(), from, from + encoded);
        byte[] plain = decompress(stream, streamLength, codec);
        System.arraycopy(plain, 0, block, s * streamLength, streamLength);
      }
      at += Integer.BYTES + encoded;
    }
  }

  private static void unshuffle(
      byte[] block, int length, int flags, int typeSize, byte[] target, int at) {
    if ((flags & BIT_SHUFFLE) != 0) {
      BitShuffle.unshuffle(block, length, typeSize, target, at);
    } else if ((flags & BYTE_SHUFFLE) != 0 && typeSize > 1) {
      BitShuffle.unshuffleBytes(block, length, typeSize, target, at);
    } else {
      System.arraycopy(block, 0, target, at, length);
    }
  }

  /** Exactly {@code length} bytes. */
  private static byte[] decompress(byte[] stream, int length, int codec) throws ZarrException {
    return switch (codec) {
      case CODEC_LZ4 -> Lz4Block.decompress(stream, length);
      case CODEC_ZLIB -> inflate(stream, length);
      case CODEC_BLOSCLZ -> BloscLz.decompress(stream, length);
      default ->
          throw new ZarrException(
              "Blosc chunk with inner codec %d (expected zstd, lz4, lz4hc, zlib or blosclz)"
                  .formatted(codec));
    };
  }

  private static byte[] inflate(byte[] stream, int length) throws ZarrException {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(stream);
      byte[] plain = new byte[length];
      int done = 0;
      while (done < length && !inflater.finished()) {
        int more = inflater.inflate(plain, done, length - done);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        done += more;
      }
      if (done < length) {
        throw new ZarrException("zlib stream holds " + done + " bytes (expected " + length + ")");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new ZarrException("Corrupt zlib stream: " + e.getMessage(), e);
    } finally {
      inflater.end();
    }
  }
}
