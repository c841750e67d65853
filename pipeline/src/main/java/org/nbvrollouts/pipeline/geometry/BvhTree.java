package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.RecursiveAction;

/**
 * The arrays of a binary tree and its leaf blocks, filled from the divisions of the faces. Every
 * part of the tree knows beforehand where it goes, so parts are written in parallel and nothing is
 * copied. Nodes and blocks are in depth-first order.
 */
final class BvhTree {
  private final BvhFaces faces;
  private final float[] boxes;
  private final int[] children;
  private final int[] blockOfNode;
  private final float[] corners;
  private final int[] faceOfSlot;
  private final int root;

  /** Writes the tree in the pool of the calling thread. */
  BvhTree(BvhFaces faces, BvhSplits splits) {
    this.faces = faces;
    boxes = new float[Math.multiplyExact(Bvh.NODE_FLOATS, splits.nodeCount())];
    children = new int[2 * splits.nodeCount()];
    blockOfNode = new int[splits.nodeCount()];
    corners = new float[Math.multiplyExact(Bvh.BLOCK_FLOATS, splits.blockCount())];
    faceOfSlot = new int[Bvh.BLOCK_FACES * splits.blockCount()];
    Part whole = new Part(this, splits, 0, 0, new float[Bvh.BOX_FLOATS], 0);
    whole.invoke();
    root = whole.reference;
  }

  /** Boxes of both children of every inner node, exact. */
  float[] boxes() {
    return boxes;
  }

  int[] children() {
    return children;
  }

  /**
   * For every inner node within a block the {@link Bvh#blockReference} of that block, 0 for others.
   */
  int[] blockOfNode() {
    return blockOfNode;
  }

  float[] corners() {
    return corners;
  }

  int[] faceOfSlot() {
    return faceOfSlot;
  }

  int root() {
    return root;
  }

  /** Writes one range of faces, its nodes and blocks, and the exact box of all of them. */
  private static final class Part extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final transient BvhTree tree;
    private final transient BvhSplits splits;
    private final transient float[] box;
    private final int boxAt;
    private final int firstNode;
    private int node;
    private int block;
    private int reference;

    Part(BvhTree tree, BvhSplits splits, int node, int block, float[] box, int boxAt) {
      this.tree = tree;
      this.splits = splits;
      this.firstNode = node;
      this.node = node;
      this.block = block;
      this.box = box;
      this.boxAt = boxAt;
    }

    @Override
    protected void compute() {
      if (!splits.isDivided()) {
        reference = write(splits.start(), splits.end(), box, boxAt);
        return;
      }
      int boxes = Bvh.NODE_FLOATS * node;
      BvhSplits one = splits.first();
      Part first = new Part(tree, one, node + 1, block, tree.boxes, boxes);
      Part second =
          new Part(
              tree,
              splits.second(),
              node + 1 + one.nodeCount(),
              block + one.blockCount(),
              tree.boxes,
              boxes + Bvh.BOX_FLOATS);
      invokeAll(first, second);
      tree.children[2 * node] = first.reference;
      tree.children[2 * node + 1] = second.reference;
      unite(tree.boxes, boxes, box, boxAt);
      reference = node;
    }

    private int write(int from, int to, float[] target, int at) {
      if (to - from <= Bvh.BLOCK_FACES) {
        writeBlock(from, to);
        int written = writeInBlock(from, to, Bvh.BLOCK_FACES * block - from, target, at);
        block++;
        return written;
      }
      int number = node++;
      int middle = splits.middle(number - firstNode);
      int boxes = Bvh.NODE_FLOATS * number;
      tree.children[2 * number] = write(from, middle, tree.boxes, boxes);
      tree.children[2 * number + 1] = write(middle, to, tree.boxes, boxes + Bvh.BOX_FLOATS);
      unite(tree.boxes, boxes, target, at);
      return number;
    }

    private int writeInBlock(int from, int to, int slotOffset, float[] target, int at) {
      if (to - from <= Bvh.MAX_LEAF_FACES) {
        measure(from + slotOffset, to + slotOffset, target, at);
        return Bvh.leafReference(from + slotOffset, to - from);
      }
      int number = node++;
      int middle = splits.middle(number - firstNode);
      int boxes = Bvh.NODE_FLOATS * number;
      tree.blockOfNode[number] = Bvh.blockReference(block, to - from);
      tree.children[2 * number] = writeInBlock(from, middle, slotOffset, tree.boxes, boxes);
      tree.children[2 * number + 1] =
          writeInBlock(middle, to, slotOffset, tree.boxes, boxes + Bvh.BOX_FLOATS);
      unite(tree.boxes, boxes, target, at);
      return number;
    }

    /** Copies the corners of a block; its spare slots repeat the last face. */
    private void writeBlock(int from, int to) {
      for (int lane = 0; lane < Bvh.BLOCK_FACES; lane++) {
        int face = tree.faces.face(Math.min(from + lane, to - 1));
        tree.faceOfSlot[Bvh.BLOCK_FACES * block + lane] = face;
        int offset = Bvh.BLOCK_FLOATS * block + lane;
        for (int corner = 0; corner < 3; corner++) {
          for (int axis = 0; axis < 3; axis++) {
            tree.corners[offset + Bvh.BLOCK_FACES * (3 * corner + axis)] =
                tree.faces.corner(face, corner, axis);
          }
        }
      }
    }

    private void measure(int fromSlot, int toSlot, float[] target, int at) {
      for (int axis = 0; axis < 3; axis++) {
        float least = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        for (int slot = fromSlot; slot < toSlot; slot++) {
          int offset = Bvh.cornerOffset(slot) + Bvh.BLOCK_FACES * axis;
          for (int corner = 0; corner < 3; corner++) {
            float value = tree.corners[offset + 3 * Bvh.BLOCK_FACES * corner];
            least = value < least ? value : least;
            largest = value > largest ? value : largest;
          }
        }
        target[at + axis] = least;
        target[at + 3 + axis] = largest;
      }
    }

    private static void unite(float[] boxes, int node, float[] target, int at) {
      for (int k = 0; k < 3; k++) {
        target[at + k] = Math.min(boxes[node + k], boxes[node + 6 + k]);
        target[at + 3 + k] = Math.max(boxes[node + 3 + k], boxes[node + 9 + k]);
      }
    }
  }
}
