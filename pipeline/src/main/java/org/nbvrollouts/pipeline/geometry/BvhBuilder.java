package org.nbvrollouts.pipeline.geometry;

import java.util.stream.IntStream;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Builds a {@link Bvh}: orders the faces, writes the binary tree with its leaf blocks, and joins
 * its nodes to wide ones.
 */
final class BvhBuilder {
  private static final int PADDED_NODES = 1 << 13;

  private BvhBuilder() {}

  /** Builds in the pool of the calling thread. */
  static Bvh build(TriangleMesh mesh) {
    if (mesh.faceCount() == 0) {
      return new Bvh();
    }
    BvhFaces faces = new BvhFaces(mesh);
    BvhSplits splits = BvhSplits.of(faces);
    BvhTree tree = new BvhTree(faces, splits);
    pad(tree.boxes(), Bvh.boxPadFor(faces.largestCoordinate()));
    return new Bvh(tree, WideNodes.of(tree), faces);
  }

  private static void pad(float[] boxes, float padMetres) {
    int nodes = boxes.length / Bvh.NODE_FLOATS;
    IntStream.range(0, (nodes + PADDED_NODES - 1) / PADDED_NODES)
        .parallel()
        .forEach(
            part -> {
              int end = Math.min(nodes, (part + 1) * PADDED_NODES) * Bvh.NODE_FLOATS;
              for (int i = part * PADDED_NODES * Bvh.NODE_FLOATS; i < end; i += Bvh.BOX_FLOATS) {
                for (int k = i; k < i + 3; k++) {
                  boxes[k] = Bvh.padDown(boxes[k], padMetres);
                  boxes[k + 3] = Bvh.padUp(boxes[k + 3], padMetres);
                }
              }
            });
  }
}
