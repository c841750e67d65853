package org.nbvrollouts.store.zarr;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Regular chunk grid of one array: which chunks hold which rows, and copying between the two. */
final class ChunkGrid {
  private final long[] shape;
  private final int[] chunkShape;
  private final int elementBytes;

  ChunkGrid(ArrayDocument document) {
    this.shape = document.shape().stream().mapToLong(Long::longValue).toArray();
    this.chunkShape = document.chunkShape().stream().mapToInt(Long::intValue).toArray();
    this.elementBytes = document.type().bytes();
  }

  int[] chunkShape() {
    return chunkShape.clone();
  }

  int chunkBytes() {
    return chunkBytesExact().intValueExact();
  }

  BigInteger chunkBytesExact() {
    BigInteger bytes = BigInteger.valueOf(elementBytes);
    for (int length : chunkShape) {
      bytes = bytes.multiply(BigInteger.valueOf(length));
    }
    return bytes;
  }

  /** Number of bytes of that many rows, however large. */
  BigInteger bytesOf(int rows) {
    BigInteger bytes = BigInteger.valueOf(elementBytes);
    for (int axis = 0; axis < shape.length; axis++) {
      bytes = bytes.multiply(BigInteger.valueOf(axis == 0 ? rows : shape[axis]));
    }
    return bytes;
  }

  /** Most chunks that hold that many rows; sizes must have been checked before. */
  long chunkCount(int rows) {
    long count = 1;
    for (int axis = 0; axis < shape.length; axis++) {
      long length = axis == 0 ? rows : shape[axis];
      count *= (length + chunkShape[axis] - 1) / chunkShape[axis];
    }
    return count;
  }

  /** Number of elements of that many rows. */
  long elements(int rows) {
    long count = shape.length == 0 ? 1 : rows;
    for (int axis = 1; axis < shape.length; axis++) {
      count = Math.multiplyExact(count, shape[axis]);
    }
    return count;
  }

  /** Number of bytes of that many rows. */
  int bytes(int rows) {
    return Math.toIntExact(elements(rows) * elementBytes);
  }

  /** Coordinates of the chunks that hold the rows, in C order. */
  List<long[]> chunks(int firstRow, int rows) {
    List<long[]> chunks = new ArrayList<>();
    long[] first = new long[shape.length];
    long[] last = new long[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      first[axis] = axis == 0 ? firstRow / chunkShape[0] : 0;
      long end = axis == 0 ? firstRow + (long) rows : shape[axis];
      last[axis] = (end - 1) / chunkShape[axis];
    }
    long[] chunk = first.clone();
    while (true) {
      chunks.add(chunk.clone());
      int axis = shape.length - 1;
      while (axis >= 0 && chunk[axis] == last[axis]) {
        chunk[axis] = first[axis];
        axis--;
      }
      if (axis < 0) {
        return chunks;
      }
      chunk[axis]++;
    }
  }

  /** Copies the elements of a chunk into an array that holds some rows. */
  void copyIn(long[] chunk, ByteBuffer chunkBytes, byte[] array, int firstRow, int rows) {
    Region region = new Region(chunk, firstRow, rows);
    region.forEachRun(
        (arrayByte, chunkByte, length) ->
            chunkBytes.get(chunkByte, array, Math.toIntExact(arrayByte), length));
  }

  private interface Run {
    void copy(long arrayByte, int chunkByte, int length);
  }

  /** The box that a chunk and a range of rows share. */
  private final class Region {
    private final long[] start = new long[shape.length];
    private final long[] end = new long[shape.length];
    private final long[] origin = new long[shape.length];
    private final long firstRow;

    Region(long[] chunk, long firstRow, long rows) {
      this.firstRow = firstRow;
      for (int axis = 0; axis < shape.length; axis++) {
        origin[axis] = chunk[axis] * chunkShape[axis];
        start[axis] = axis == 0 ? Math.max(origin[0], firstRow) : origin[axis];
        long limit = axis == 0 ? firstRow + rows : shape[axis];
        end[axis] = Math.min(origin[axis] + chunkShape[axis], limit);
      }
    }

    void forEachRun(Run run) {
      if (shape.length == 0) {
        run.copy(0, 0, elementBytes);
        return;
      }
      // Trailing axes that the chunk covers whole are one run together with the axis before them.
      int runAxis = shape.length - 1;
      while (runAxis > 0 && chunkShape[runAxis] == shape[runAxis]) {
        runAxis--;
      }
      int inner = elementBytes;
      for (int axis = runAxis + 1; axis < shape.length; axis++) {
        inner *= chunkShape[axis];
      }
      int runBytes = Math.toIntExact((end[runAxis] - start[runAxis]) * inner);
      long[] position = start.clone();
      while (true) {
        run.copy(arrayByte(position), chunkByte(position), runBytes);
        int axis = runAxis - 1;
        while (axis >= 0 && position[axis] + 1 == end[axis]) {
          position[axis] = start[axis];
          axis--;
        }
        if (axis < 0) {
          return;
        }
        position[axis]++;
      }
    }

    private long arrayByte(long[] position) {
      long element = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        long at = axis == 0 ? position[0] - firstRow : position[axis];
        element = axis == 0 ? at : element * shape[axis] + at;
      }
      return element * elementBytes;
    }

    private int chunkByte(long[] position) {
      long element = 0;
      for (int axis = 0; axis < shape.length; axis++) {
        element = element * chunkShape[axis] + (position[axis] - origin[axis]);
      }
      return Math.toIntExact(element * elementBytes);
    }
  }
}
