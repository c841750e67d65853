package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * The faces of a mesh while a tree is built over them: their exact boxes, and the order that the
 * partitions of the builder turn into leaf order. Disjoint ranges of the order may be changed by
 * different threads.
 */
final class BvhFaces {
  private static final int BLOCK = 1 << 14;

  private final TriangleMesh mesh;
  private final float[] boxes;
  private final int[] order;

  BvhFaces(TriangleMesh mesh) {
    this.mesh = mesh;
    int count = mesh.faceCount();
    boxes = new float[Math.multiplyExact(count, Bvh.BOX_FLOATS)];
    order = new int[count];
    inBlocks(count, this::measure);
  }

  private void measure(int face) {
    order[face] = face;
    for (int axis = 0; axis < 3; axis++) {
      float a = mesh.cornerCoordinate(face, 0, axis);
      float b = mesh.cornerCoordinate(face, 1, axis);
      float c = mesh.cornerCoordinate(face, 2, axis);
      boxes[face * Bvh.BOX_FLOATS + axis] = Math.min(Math.min(a, b), c);
      boxes[face * Bvh.BOX_FLOATS + 3 + axis] = Math.max(Math.max(a, b), c);
    }
  }

  int count() {
    return order.length;
  }

  /** Offset of the box of the face at a position of the order. */
  int boxOffset(int position) {
    return order[position] * Bvh.BOX_FLOATS;
  }

  float box(int offset, int index) {
    return boxes[offset + index];
  }

  /** Middle of the box of a face, robust against overflow. */
  float centre(int offset, int axis) {
    return 0.5f * boxes[offset + axis] + 0.5f * boxes[offset + 3 + axis];
  }

  void swap(int i, int j) {
    int face = order[i];
    order[i] = order[j];
    order[j] = face;
  }

  /** Writes the exact bounds of a range of the order, least and largest x, y, z, at an offset. */
  void bounds(int start, int end, float[] bounds, int at) {
    for (int axis = 0; axis < 3; axis++) {
      bounds[at + axis] = Float.POSITIVE_INFINITY;
      bounds[at + 3 + axis] = Float.NEGATIVE_INFINITY;
    }
    for (int i = start; i < end; i++) {
      int offset = boxOffset(i);
      for (int axis = 0; axis < 3; axis++) {
        bounds[at + axis] = Math.min(bounds[at + axis], boxes[offset + axis]);
        bounds[at + 3 + axis] = Math.max(bounds[at + 3 + axis], boxes[offset + 3 + axis]);
      }
    }
  }

  float[] meshBounds() {
    float[] bounds = new float[Bvh.BOX_FLOATS];
    bounds(0, order.length, bounds, 0);
    return bounds;
  }

  float padMetres() {
    float largest = 0;
    if (order.length > 0) {
      for (float bound : meshBounds()) {
        largest = Math.max(largest, Math.abs(bound));
      }
    }
    return RayTriangle.padFor(largest);
  }

  int[] order() {
    return Arrays.copyOf(order, order.length);
  }

  /** The corners of all faces in the current order, nine values each. */
  float[] corners() {
    float[] corners = new float[Math.multiplyExact(order.length, Bvh.CORNER_FLOATS)];
    inBlocks(
        order.length,
        slot -> {
          for (int corner = 0; corner < 3; corner++) {
            for (int axis = 0; axis < 3; axis++) {
              corners[slot * Bvh.CORNER_FLOATS + 3 * corner + axis] =
                  mesh.cornerCoordinate(order[slot], corner, axis);
            }
          }
        });
    return corners;
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
