package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.table.TypedArray;

/**
 * Reads arrays of one chunk in the form that {@link ArrayWriter} gives them, which most arrays of a
 * store have; those of any other form are left to the Zarr library, which makes half a dozen
 * objects and three copies for each.
 */
final class PlainReader {
  private PlainReader() {}

  /** True if an array has elements, and all of them in one chunk as new stores have it. */
  static boolean reads(ArrayDocument document) {
    return document.hasDefaultKeys()
        && document.isZeroFilled()
        && !document.shape().isEmpty()
        && document.shape().equals(document.chunkShape())
        && (isZstd(document)
            || document.codecs().equals(ChunkPlan.plainCodecs(document.type(), true)));
  }

  private static boolean isZstd(ArrayDocument document) {
    return document.codecs().equals(ChunkPlan.plainCodecs(document.type(), false));
  }

  /** Rows {@code firstRow} to {@code firstRow + rows − 1} of the array. */
  static TypedArray rows(
      StoreFiles files, String path, ArrayDocument document, int firstRow, int rows) {
    ChunkGrid grid = new ChunkGrid(document);
    int allRows = document.shape().get(0).intValue();
    ZarrArrays.checkSize(path, document, allRows, BigInteger.ZERO);
    byte[] elements = new byte[grid.bytes(allRows)];
    String file = ArrayDocument.chunkFile(path, 0, document.shape().size());
    Optional<byte[]> chunk = rows == 0 ? Optional.empty() : files.read(file);
    if (chunk.isPresent()) {
      try {
        decode(document, chunk.get(), elements);
      } catch (ZarrException e) {
        throw new InvalidContentException(
            "Cannot read array: %s (array=%s, store=%s)"
                .formatted(e.getMessage(), file, files.location()),
            e);
      }
    }
    return TypedArray.ofRows(document.type(), document.rowShape(), ByteBuffer.wrap(elements))
        .rows(firstRow, rows);
  }

  private static void decode(ArrayDocument document, byte[] chunk, byte[] elements)
      throws ZarrException {
    if (isZstd(document)) {
      ZstdFrames.decompress(chunk, 0, chunk.length, elements, 0, elements.length);
      return;
    }
    int size = BloscContainer.size(chunk, 0, chunk.length, elements.length);
    if (size != elements.length) {
      throw new ZarrException(
          "the chunk holds %d bytes (expected %d)".formatted(size, elements.length));
    }
    BloscContainer.decode(chunk, 0, chunk.length, elements, 0);
  }
}
