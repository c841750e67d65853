package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.RecursiveTask;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Builds a {@link Bvh} top down. Ranges above a fixed size are split by one task each and their
 * halves built in parallel; where the ranges end depends on the faces only, so the tree is the same
 * for any number of threads.
 */
final class BvhBuilder extends RecursiveTask<BvhTree> {
  private static final long serialVersionUID = 1L;

  /** Ranges up to this size are built by one thread. */
  private static final int SEQUENTIAL_FACES = 1 << 13;

  /** From this depth on ranges are halved by position, which bounds the depth of the tree. */
  private static final int LAST_HEURISTIC_DEPTH = Bvh.MAX_DEPTH - 32;

  private final transient BvhFaces faces;
  private final transient BvhSplitter splitter;
  private final int start;
  private final int end;
  private final int depth;
  private final float padMetres;

  private BvhBuilder(BvhFaces faces, float padMetres, int start, int end, int depth) {
    this.faces = faces;
    this.padMetres = padMetres;
    this.start = start;
    this.end = end;
    this.depth = depth;
    this.splitter = new BvhSplitter(faces);
  }

  static Bvh build(TriangleMesh mesh) {
    BvhFaces faces = new BvhFaces(mesh);
    BvhTree tree =
        faces.count() == 0
            ? new BvhTree(0)
            : new BvhBuilder(faces, faces.padMetres(), 0, faces.count(), 0).invoke();
    return new Bvh(tree, faces);
  }

  @Override
  protected BvhTree compute() {
    BvhTree tree = new BvhTree((end - start) / 2);
    tree.setRoot(
        end - start <= SEQUENTIAL_FACES ? buildRange(tree, start, end, depth) : buildHalves(tree));
    return tree;
  }

  private int buildHalves(BvhTree tree) {
    int node = tree.addNode();
    int middle = split(tree, node, start, end, depth);
    BvhBuilder first = new BvhBuilder(faces, padMetres, start, middle, depth + 1);
    BvhBuilder second = new BvhBuilder(faces, padMetres, middle, end, depth + 1);
    second.fork();
    BvhTree firstTree = first.compute();
    BvhTree secondTree = second.join();
    tree.setChild(node, 0, tree.append(firstTree));
    tree.setChild(node, 1, tree.append(secondTree));
    return node;
  }

  /** Appends the subtree of a range in depth-first order; returns the reference to its root. */
  private int buildRange(BvhTree tree, int from, int to, int level) {
    int count = to - from;
    if (count <= Bvh.MAX_LEAF_FACES) {
      return Bvh.leafReference(from, count);
    }
    int node = tree.addNode();
    int middle = split(tree, node, from, to, level);
    tree.setChild(node, 0, buildRange(tree, from, middle, level + 1));
    tree.setChild(node, 1, buildRange(tree, middle, to, level + 1));
    return node;
  }

  /** Divides a range and sets the boxes of its node; returns the start of the second part. */
  private int split(BvhTree tree, int node, int from, int to, int level) {
    int middle = level < LAST_HEURISTIC_DEPTH ? splitter.split(from, to) : splitter.halve(from, to);
    tree.setBoxes(node, splitter.partBounds(), padMetres);
    return middle;
  }
}
