package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * Nodes of a tree or subtree in the layout of {@link Bvh}, growing while it is built. Subtrees are
 * built apart and appended; references to their inner nodes move, those to leaves stay.
 */
final class BvhTree {
  private float[] boxes;
  private int[] children;
  private int nodeCount;
  private int root;

  BvhTree(int expectedNodes) {
    boxes = new float[Math.max(1, expectedNodes) * Bvh.NODE_FLOATS];
    children = new int[Math.max(1, expectedNodes) * 2];
  }

  /** Adds an inner node whose children are set later; returns its reference. */
  int addNode() {
    if (2 * nodeCount == children.length) {
      int capacity = nodeCount + (nodeCount >> 1) + 1;
      boxes = Arrays.copyOf(boxes, capacity * Bvh.NODE_FLOATS);
      children = Arrays.copyOf(children, capacity * 2);
    }
    return nodeCount++;
  }

  /** Sets the reference of one child, side 0 or 1, of an inner node. */
  void setChild(int node, int side, int reference) {
    children[2 * node + side] = reference;
  }

  /**
   * Sets the boxes of both children of an inner node.
   *
   * @param bounds exact bounds of the first child, then of the second: least and largest x, y, z
   */
  void setBoxes(int node, float[] bounds, float padMetres) {
    int base = node * Bvh.NODE_FLOATS;
    for (int i = 0; i < Bvh.NODE_FLOATS; i++) {
      boxes[base + i] =
          i % Bvh.BOX_FLOATS < 3
              ? Bvh.padDown(bounds[i], padMetres)
              : Bvh.padUp(bounds[i], padMetres);
    }
  }

  void setRoot(int reference) {
    root = reference;
  }

  /** Appends a subtree; returns the reference to its root in this tree. */
  int append(BvhTree subtree) {
    int offset = nodeCount;
    int grown = nodeCount + subtree.nodeCount;
    if (2 * grown > children.length) {
      int capacity = Math.max(grown, nodeCount + (nodeCount >> 1));
      boxes = Arrays.copyOf(boxes, capacity * Bvh.NODE_FLOATS);
      children = Arrays.copyOf(children, capacity * 2);
    }
    System.arraycopy(
        subtree.boxes, 0, boxes, offset * Bvh.NODE_FLOATS, subtree.nodeCount * Bvh.NODE_FLOATS);
    for (int i = 0; i < 2 * subtree.nodeCount; i++) {
      int child = subtree.children[i];
      children[2 * offset + i] = child >= 0 ? child + offset : child;
    }
    nodeCount = grown;
    return subtree.root >= 0 ? subtree.root + offset : subtree.root;
  }

  int nodeCount() {
    return nodeCount;
  }

  int root() {
    return root;
  }

  /** The boxes without spare capacity. */
  float[] boxes() {
    return Arrays.copyOf(boxes, nodeCount * Bvh.NODE_FLOATS);
  }

  /** The child references without spare capacity. */
  int[] children() {
    return Arrays.copyOf(children, nodeCount * 2);
  }
}
