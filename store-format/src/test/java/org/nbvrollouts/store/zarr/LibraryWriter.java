package org.nbvrollouts.store.zarr;

import dev.zarr.zarrjava.ZarrException;
import dev.zarr.zarrjava.v3.Array;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.ArrayRows;

/**
 * Writes chunks through the Zarr library: in forms that the product does not write, and in its own
 * for comparison.
 */
final class LibraryWriter {
  private LibraryWriter() {}

  /** Writes all chunks of an array whose document is on storage or will be. */
  static void writeChunks(
      StoreFiles files, String path, ArrayDocument document, ArrayRows elements) {
    if (elements.rows() == 0 || elements.rowSize() == 0) {
      return;
    }
    Array array = ZarrArrays.open(files, path, document, fillValue(document));
    // The library encodes the chunks of a Zarr shard in parallel, in whatever order.
    ForkJoinPool oneThread = new ForkJoinPool(1);
    try {
      oneThread.submit(() -> writeAll(array, document, elements)).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("Cannot write array " + path, e);
    } finally {
      oneThread.shutdownNow();
    }
  }

  /**
   * The library leaves out chunks that equal the fill value and takes −0.0 for 0.0; announcing NaN,
   * which equals nothing, makes it write every chunk of floats.
   */
  private static Object fillValue(ArrayDocument document) {
    boolean wide = document.type().isFloat() && document.type() != ElementType.FLOAT16;
    return wide ? "NaN" : document.type() == ElementType.BOOL ? (Object) false : (Object) 0L;
  }

  private static Void writeAll(Array array, ArrayDocument document, ArrayRows elements)
      throws ZarrException {
    ChunkGrid grid = new ChunkGrid(document);
    ByteBuffer all = elements.rows(0, elements.rows()).littleEndian();
    for (long[] chunk : grid.chunks(0, elements.rows())) {
      byte[] bytes = new byte[grid.chunkBytes()];
      copy(document, chunk, all, bytes);
      ByteBuffer part = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      array.writeChunk(
          chunk,
          ucar.ma2.Array.factory(ZarrArrays.libraryType(document.type()), grid.chunkShape(), part));
    }
    return null;
  }

  /** Copies element by element; what lies outside the array stays zero. */
  private static void copy(ArrayDocument document, long[] chunk, ByteBuffer all, byte[] part) {
    int bytes = document.type().bytes();
    for (int element = 0; element < part.length / bytes; element++) {
      long rest = element;
      long source = 0;
      long stride = 1;
      boolean inside = true;
      for (int axis = chunk.length - 1; axis >= 0; axis--) {
        long length = document.chunkShape().get(axis);
        long at = chunk[axis] * length + rest % length;
        inside &= at < document.shape().get(axis);
        source += at * stride;
        stride *= document.shape().get(axis);
        rest /= length;
      }
      if (inside) {
        all.get((int) source * bytes, part, element * bytes, bytes);
      }
    }
  }
}
