package org.nbvrollouts.store.source.rollout;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard and no compression for Parquet pages. The library's own factory would start a Hadoop
 * configuration, which a local reader does without.
 */
final class ZstdCodecs implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Invalid codec: " + codec + " (expected ZSTD)");
    }
    return new Compressor();
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    return switch (codec) {
      case ZSTD -> new Decompressor();
      case UNCOMPRESSED -> new Passing();
      default ->
          throw new UnsupportedOperationException(
              "Invalid codec: " + codec + " (expected ZSTD or UNCOMPRESSED)");
    };
  }

  @Override
  public void release() {}

  private static byte[] copy(BytesInput input) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.toIntExact(input.size()));
    input.writeAllTo(bytes);
    return bytes.toByteArray();
  }

  private static final class Compressor implements BytesInputCompressor {
    @Override
    public BytesInput compress(BytesInput bytes) throws IOException {
      return BytesInput.from(Zstd.compress(copy(bytes), LEVEL));
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {}
  }

  private static final class Decompressor implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int uncompressedSize) throws IOException {
      return BytesInput.from(plain(copy(bytes), uncompressedSize));
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize)
        throws IOException {
      byte[] compressed = new byte[compressedSize];
      input.get(compressed);
      output.put(plain(compressed, uncompressedSize));
    }

    private static byte[] plain(byte[] compressed, int size) throws IOException {
      try {
        // Asked before memory is reserved, since the size in the page header may be anything.
        long promised = Zstd.getFrameContentSize(compressed);
        if (promised > 0 && promised != size) {
          throw new IOException("page of " + promised + " bytes (expected " + size + " bytes)");
        }
        byte[] plain = new byte[size];
        long length =
            Zstd.decompressByteArray(plain, 0, plain.length, compressed, 0, compressed.length);
        if (length != size) {
          throw new IOException("page of " + length + " bytes (expected " + size + " bytes)");
        }
        return plain;
      } catch (ZstdException broken) {
        throw new IOException("page is no zstd frame: " + broken.getMessage(), broken);
      }
    }

    @Override
    public void release() {}
  }

  private static final class Passing implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int uncompressedSize) {
      return bytes;
    }

    @Override
    public void decompress(
        ByteBuffer input, int compressedSize, ByteBuffer output, int uncompressedSize) {
      byte[] plain = new byte[uncompressedSize];
      input.get(plain);
      output.put(plain);
    }

    @Override
    public void release() {}
  }
}
