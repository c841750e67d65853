package org.nbvrollouts.store.zarr;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.core.ArrayMetadata;
import dev.zarr.zarrjava.core.codec.BytesBytesCodec;
import dev.zarr.zarrjava.v3.codec.Codec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.nbvrollouts.store.error.StorageReason;

/** The {@code gzip} codec. Unlike the library's own it never makes more than a chunk can hold. */
final class GzipCodec extends BytesBytesCodec implements Codec {
  @JsonIgnore public final String name = "gzip";
  @JsonProperty public final Configuration configuration;

  record Configuration(@JsonProperty("level") int level) {}

  @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
  GzipCodec(@JsonProperty(value = "configuration", required = true) Configuration configuration) {
    this.configuration = configuration;
  }

  /** Written with the level of the JDK: new stores have no chunks of this codec. */
  @Override
  public ByteBuffer encode(ByteBuffer elements) throws ZarrException {
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(encoded)) {
      out.write(ZstdCodec.remaining(elements));
    } catch (IOException e) {
      throw new ZarrException("Cannot compress: " + StorageReason.of(e), e);
    }
    return ByteBuffer.wrap(encoded.toByteArray());
  }

  @Override
  public ByteBuffer decode(ByteBuffer encoded) throws ZarrException {
    int limit = ZstdCodec.mostBytes(arrayMetadata);
    try (GZIPInputStream in =
        new GZIPInputStream(new ByteArrayInputStream(ZstdCodec.remaining(encoded)))) {
      byte[] content = in.readNBytes(limit + 1);
      if (content.length > limit) {
        throw new ZarrException("Gzip stream beyond " + limit + " bytes");
      }
      return ByteBuffer.wrap(content);
    } catch (IOException e) {
      throw new ZarrException("Corrupt gzip stream: " + e.getMessage(), e);
    }
  }

  @Override
  public long computeEncodedSize(long inputBytes, ArrayMetadata.CoreArrayMetadata metadata)
      throws ZarrException {
    throw new ZarrException("Cannot compute the size of a gzip stream beforehand");
  }
}
