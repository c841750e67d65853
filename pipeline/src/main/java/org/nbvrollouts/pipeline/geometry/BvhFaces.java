package org.nbvrollouts.pipeline.geometry;

import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * The faces of a mesh while a tree is built over them: one record of {@link #RECORD_INTS} values
 * per face, its box and its index. Building moves whole records, so that every pass over a range
 * reads memory in a row. Disjoint ranges may be changed by different threads.
 *
 * <p>Boxes are relative to the least corner of the mesh and scaled against overflow. They are never
 * negative, so the bits of their floats order like the floats, and least and largest values are
 * found in integers. They steer the heuristic only: the boxes of the tree are exact.
 */
final class BvhFaces {
  /** Values per record: least x, y, z, largest x, y, z as float bits, and the face. */
  static final int RECORD_INTS = 7;

  private static final int BLOCK = 1 << 14;
  private static final float SCALE = 0.125f;

  private final TriangleMesh mesh;
  private final int[] records;
  private final float[] bounds;

  BvhFaces(TriangleMesh mesh) {
    this.mesh = mesh;
    int count = mesh.faceCount();
    bounds = measure(mesh);
    records = new int[Math.multiplyExact(count, RECORD_INTS)];
    inBlocks(count, this::fill);
  }

  private static float[] measure(TriangleMesh mesh) {
    int blocks = (mesh.faceCount() + BLOCK - 1) / BLOCK;
    return IntStream.range(0, blocks)
        .parallel()
        .mapToObj(block -> measure(mesh, block * BLOCK))
        .reduce(emptyBox(), BvhFaces::union);
  }

  private static float[] measure(TriangleMesh mesh, int first) {
    float[] box = emptyBox();
    int end = Math.min(mesh.faceCount(), first + BLOCK);
    for (int face = first; face < end; face++) {
      for (int corner = 0; corner < 3; corner++) {
        for (int axis = 0; axis < 3; axis++) {
          float value = mesh.cornerCoordinate(face, corner, axis);
          box[axis] = value < box[axis] ? value : box[axis];
          box[3 + axis] = value > box[3 + axis] ? value : box[3 + axis];
        }
      }
    }
    return box;
  }

  private static float[] emptyBox() {
    float infinity = Float.POSITIVE_INFINITY;
    return new float[] {infinity, infinity, infinity, -infinity, -infinity, -infinity};
  }

  private static float[] union(float[] one, float[] other) {
    float[] box = new float[Bvh.BOX_FLOATS];
    for (int axis = 0; axis < 3; axis++) {
      box[axis] = Math.min(one[axis], other[axis]);
      box[3 + axis] = Math.max(one[3 + axis], other[3 + axis]);
    }
    return box;
  }

  private void fill(int face) {
    int base = face * RECORD_INTS;
    for (int axis = 0; axis < 3; axis++) {
      float a = mesh.cornerCoordinate(face, 0, axis);
      float b = mesh.cornerCoordinate(face, 1, axis);
      float c = mesh.cornerCoordinate(face, 2, axis);
      records[base + axis] = relative(Math.min(Math.min(a, b), c), axis);
      records[base + 3 + axis] = relative(Math.max(Math.max(a, b), c), axis);
    }
    records[base + 6] = face;
  }

  private int relative(float coordinate, int axis) {
    return Float.floatToRawIntBits(SCALE * coordinate - SCALE * bounds[axis]);
  }

  int count() {
    return mesh.faceCount();
  }

  /** The records, for the builder; position i owns the values from {@code i * RECORD_INTS}. */
  int[] records() {
    return records;
  }

  /** The face at a position of the current order. */
  int face(int position) {
    return records[position * RECORD_INTS + 6];
  }

  float corner(int face, int corner, int axis) {
    return mesh.cornerCoordinate(face, corner, axis);
  }

  /** Largest absolute coordinate, 0 without faces. */
  float largestCoordinate() {
    float largest = 0;
    if (count() > 0) {
      for (float bound : bounds) {
        largest = Math.max(largest, Math.abs(bound));
      }
    }
    return largest;
  }

  private static void inBlocks(int count, IntConsumer action) {
    IntStream.range(0, (count + BLOCK - 1) / BLOCK)
        .parallel()
        .forEach(
            block -> {
              int end = Math.min(count, (block + 1) * BLOCK);
              for (int i = block * BLOCK; i < end; i++) {
                action.accept(i);
              }
            });
  }
}
