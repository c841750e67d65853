package org.nbvrollouts.store.zarr;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.ArrayMetadata;
import dev.zarr.zarrjava.core.codec.BytesBytesCodec;
import dev.zarr.zarrjava.v3.codec.Codec;
import java.nio.ByteBuffer;

/** The {@code blosc} codec over {@link BloscContainer}; writes zstd with bit shuffle only. */
final class BloscCodec extends BytesBytesCodec implements Codec {
  @JsonIgnore public final String name = "blosc";
  @JsonProperty public final Configuration configuration;

  record Configuration(
      @JsonProperty("cname") String compressor,
      @JsonProperty("shuffle") String shuffle,
      @JsonProperty("clevel") int level,
      @JsonProperty("typesize") int typeSize,
      @JsonProperty("blocksize") int blockSize) {}

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  BloscCodec(@JsonProperty(value = "configuration", required = true) Configuration configuration) {
    this.configuration = configuration;
  }

  @Override
  public ByteBuffer encode(ByteBuffer elements) throws ZarrException {
    if (!"zstd".equals(configuration.compressor())
        || !"bitshuffle".equals(configuration.shuffle())) {
      throw new ZarrException("Cannot write Blosc other than zstd with bitshuffle");
    }
    return ByteBuffer.wrap(
        BloscContainer.encode(
            ZstdCodec.remaining(elements), configuration.typeSize(), configuration.level()));
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded) throws ZarrException {
    return ByteBuffer.wrap(
        BloscContainer.decode(ZstdCodec.remaining(encoded), ZstdCodec.mostBytes(arrayMetadata)));
  }

  @Override
  public long computeEncodedSize(long inputBytes, ArrayMetadata.CoreArrayMetadata metadata)
      throws ZarrException {
    throw new ZarrException("Cannot compute the size of a Blosc chunk beforehand");
  }
}
