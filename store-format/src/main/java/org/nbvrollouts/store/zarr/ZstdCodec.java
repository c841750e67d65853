package org.nbvrollouts.store.zarr;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.ArrayMetadata;
import dev.zarr.zarrjava.core.codec.BytesBytesCodec;
import dev.zarr.zarrjava.v3.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The {@code zstd} codec. Unlike the library's own it decodes a part of a larger buffer, so it
 * works inside Zarr shards, and it never allocates more than a chunk can hold.
 */
final class ZstdCodec extends BytesBytesCodec implements Codec {
  /** Room for checksums that codecs between this one and the elements append. */
  private static final int CHECKSUM_ROOM = 64;

  @JsonIgnore public final String name = "zstd";
  @JsonProperty public final Configuration configuration;

  record Configuration(
      @JsonProperty("level") int level, @JsonProperty("checksum") boolean checksum) {}

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  ZstdCodec(@JsonProperty(value = "configuration", required = true) Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public ByteBuffer encode(ByteBuffer elements) {
    return ByteBuffer.wrap(
        ZstdFrames.compress(
            remaining(elements), 0, configuration.level(), configuration.checksum()));
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded) throws ZarrException {
    return ByteBuffer.wrap(decompress(remaining(encoded), mostBytes(arrayMetadata)));
  }

  /** Most bytes that a codec may find in a chunk. */
  static int mostBytes(ArrayMetadata.CoreArrayMetadata metadata) {
    return metadata.chunkByteLength() + CHECKSUM_ROOM;
  }

  @Override
  public long computeEncodedSize(long inputBytes, ArrayMetadata.CoreArrayMetadata metadata)
      throws ZarrException {
    throw new ZarrException("Cannot compute the size of a zstd frame beforehand");
  }

  static byte[] remaining(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Decompresses one frame of at most {@code limit} bytes. */
  static byte[] decompress(byte[] frame, int limit) throws ZarrException {
    if (frame.length == 0) {
      throw new ZarrException("Zstd frame of 0 bytes");
    }
    long size = Zstd.getFrameContentSize(frame, 0, frame.length);
    try {
      if (size >= 0 && size <= limit) {
        byte[] content = new byte[(int) size];
        ZstdFrames.decompress(frame, 0, frame.length, content, 0, content.length);
        return content;
      }
      if (size > limit) {
        throw new ZarrException(
            "Zstd frame of " + size + " bytes (expected at most " + limit + ")");
      }
      try (ZstdInputStreamNoFinalizer in =
          new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(frame))) {
        byte[] content = in.readNBytes(limit + 1);
        if (content.length > limit) {
          throw new ZarrException("Zstd frame beyond " + limit + " bytes");
        }
        return content;
      }
    } catch (ZstdException | IOException e) {
      throw new ZarrException("Corrupt zstd frame: " + e.getMessage(), e);
    }
  }
}
