package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;
import java.util.concurrent.RecursiveAction;

/**
 * Nodes with up to eight children, joined from those of a binary tree as {@link WidePlan} says.
 * Used by searches that test eight boxes at a time.
 *
 * <p>A node holds its boxes as six rows of eight: least x, y, z, largest x, y, z. Unused places
 * have an empty box, which no ray meets and which is infinitely far from every point. A reference
 * to a node is its index; one to a block of faces is a {@link Bvh#blockReference}.
 */
final class WideNodes {
  /** Most children of a node. */
  static final int WIDTH = 8;

  /** Values per node: six rows, least x, y, z, largest x, y, z of the children. */
  static final int NODE_FLOATS = 6 * WIDTH;

  private float[] boxes = new float[NODE_FLOATS];
  private int[] children = new int[WIDTH];
  private int nodeCount;

  private WideNodes() {}

  /** Joins the nodes of a tree whose boxes are padded, in the pool of the calling thread. */
  static WideNodes of(BvhTree tree) {
    if (tree.root() < 0 || tree.blockOfNode()[tree.root()] != 0) {
      return new WideNodes();
    }
    Part whole = new Part(tree, new WidePlan(tree), tree.root(), tree.blockOfNode().length);
    whole.invoke();
    return whole.nodes;
  }

  float[] boxes() {
    return Arrays.copyOf(boxes, NODE_FLOATS * nodeCount);
  }

  int[] children() {
    return Arrays.copyOf(children, WIDTH * nodeCount);
  }

  private int addNode() {
    if (WIDTH * nodeCount == children.length) {
      reserve(nodeCount + 1);
    }
    Arrays.fill(
        boxes, NODE_FLOATS * nodeCount, NODE_FLOATS * nodeCount + 24, Float.POSITIVE_INFINITY);
    Arrays.fill(
        boxes,
        NODE_FLOATS * nodeCount + 24,
        NODE_FLOATS * (nodeCount + 1),
        Float.NEGATIVE_INFINITY);
    return nodeCount++;
  }

  private void reserve(int nodes) {
    if (WIDTH * nodes > children.length) {
      int capacity = Math.max(nodes, nodeCount + (nodeCount >> 1));
      boxes = Arrays.copyOf(boxes, Math.multiplyExact(NODE_FLOATS, capacity));
      children = Arrays.copyOf(children, WIDTH * capacity);
    }
  }

  /** Appends all nodes of a subtree; returns the reference to its first. */
  private int append(WideNodes subtree) {
    int offset = nodeCount;
    reserve(nodeCount + subtree.nodeCount);
    System.arraycopy(
        subtree.boxes, 0, boxes, NODE_FLOATS * offset, NODE_FLOATS * subtree.nodeCount);
    for (int i = 0; i < WIDTH * subtree.nodeCount; i++) {
      int child = subtree.children[i];
      children[WIDTH * offset + i] = child >= 0 ? child + offset : child;
    }
    nodeCount += subtree.nodeCount;
    return offset;
  }

  /** Joins one subtree of the binary tree, which owns the nodes from its root to an end. */
  private static final class Part extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    /** Subtrees from this number of binary nodes on are a task of their own. */
    private static final int TASK_NODES = 1 << 12;

    private final transient BvhTree tree;
    private final transient WidePlan plan;
    private final int root;
    private final int end;
    private final transient WideNodes nodes = new WideNodes();

    Part(BvhTree tree, WidePlan plan, int root, int end) {
      this.tree = tree;
      this.plan = plan;
      this.root = root;
      this.end = end;
    }

    @Override
    protected void compute() {
      nodes.reserve((end - root) / 8 + 1);
      join(root, end);
    }

    private int join(int binary, int binaryEnd) {
      int node = nodes.addNode();
      Opened opened = new Opened(tree, plan, binary, binaryEnd);
      Part[] parts = new Part[WIDTH];
      for (int i = 0; i < opened.count; i++) {
        for (int k = 0; k < Bvh.BOX_FLOATS; k++) {
          nodes.boxes[NODE_FLOATS * node + WIDTH * k + i] = tree.boxes()[opened.boxes[i] + k];
        }
        if (opened.isInner(i) && opened.ends[i] - opened.references[i] >= TASK_NODES) {
          parts[i] = new Part(tree, plan, opened.references[i], opened.ends[i]);
          parts[i].fork();
        }
      }
      for (int i = 0; i < opened.count; i++) {
        // Joining a child may replace the array.
        int reference = child(opened, i, parts[i]);
        nodes.children[WIDTH * node + i] = reference;
      }
      return node;
    }

    private int child(Opened opened, int i, Part part) {
      if (part != null) {
        part.join();
        return nodes.append(part.nodes);
      }
      int reference = opened.references[i];
      if (opened.isInner(i)) {
        return join(reference, opened.ends[i]);
      }
      return reference >= 0
          ? tree.blockOfNode()[reference]
          : Bvh.blockReference(
              Bvh.leafStart(reference) / Bvh.BLOCK_FACES, Bvh.leafCount(reference));
    }
  }

  /** The descendants of one binary node that become the children of a wide one. */
  private static final class Opened {
    private final BvhTree tree;
    private final WidePlan plan;
    private final int[] references = new int[WIDTH];
    private final int[] ends = new int[WIDTH];
    private final int[] boxes = new int[WIDTH];
    private int count;

    Opened(BvhTree tree, WidePlan plan, int binary, int end) {
      this.tree = tree;
      this.plan = plan;
      open(binary, end, plan.firstShare(binary), WIDTH);
    }

    /** Gives places to the two children of a node. */
    private void open(int binary, int end, int firstShare, int places) {
      int box = Bvh.NODE_FLOATS * binary;
      int first = tree.children()[2 * binary];
      int second = tree.children()[2 * binary + 1];
      place(first, second >= 0 ? second : end, box, firstShare);
      place(second, end, box + Bvh.BOX_FLOATS, places - firstShare);
    }

    private void place(int reference, int end, int box, int places) {
      int firstShare = plan.firstShare(reference, places);
      if (firstShare != WidePlan.OWN_NODE) {
        open(reference, end, firstShare, places);
        return;
      }
      references[count] = reference;
      ends[count] = end;
      boxes[count++] = box;
    }

    private boolean isInner(int i) {
      return !plan.isBlock(references[i]);
    }
  }
}
