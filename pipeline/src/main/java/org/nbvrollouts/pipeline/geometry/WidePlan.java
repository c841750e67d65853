package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.RecursiveAction;

/**
 * Which nodes of a binary tree become nodes of a wide one: those whose boxes have the least surface
 * in all, since a search visits a node about as often as its surface is large (Ylitie, Karras and
 * Laine, "Efficient Incoherent Ray Traversal on GPUs Through Compressed Wide BVHs", 2017).
 *
 * <p>Bottom up, every subtree is given one to eight places in the wide node above. With one place
 * it is a wide node of its own, whose eight places its children share; with more its children may
 * share those instead. A block of faces takes one place and costs nothing. Every plan gives a valid
 * tree, so surfaces may be rounded, and even overflow.
 */
final class WidePlan {
  /** The subtree is a node of its own. */
  static final int OWN_NODE = 0;

  private static final int MOST = WideNodes.WIDTH;

  /** Subtrees up to this number of binary nodes are planned by one thread. */
  private static final int SEQUENTIAL_NODES = 1 << 12;

  private final float[] boxes;
  private final int[] children;
  private final int[] blockOfNode;

  /** For every node and number of places the surface of its wide nodes, in half square metres. */
  private final float[] costs;

  /** For the same how many of the places the first child gets, or {@link #OWN_NODE}. */
  private final byte[] shares;

  /** Plans in the pool of the calling thread. */
  WidePlan(BvhTree tree) {
    boxes = tree.boxes();
    children = tree.children();
    blockOfNode = tree.blockOfNode();
    costs = new float[Math.multiplyExact(MOST, blockOfNode.length)];
    shares = new byte[costs.length];
    new Part(tree.root(), blockOfNode.length).invoke();
  }

  /** How many of its eight places a wide node gives to the first child of its binary node. */
  int firstShare(int node) {
    return shares[at(node, MOST)];
  }

  /** The same for a child that has some of these places; {@link #OWN_NODE} if it is a child. */
  int firstShare(int reference, int places) {
    return isBlock(reference) || places == MOST ? OWN_NODE : shares[at(reference, places)];
  }

  /** True for a reference to faces of one block. */
  boolean isBlock(int reference) {
    return reference < 0 || blockOfNode[reference] != 0;
  }

  private static int at(int node, int places) {
    return MOST * node + places - 1;
  }

  private void plan(int node) {
    if (blockOfNode[node] != 0) {
      return;
    }
    int first = children[2 * node];
    int second = children[2 * node + 1];
    for (int places = 2; places <= MOST; places++) {
      float least = Float.POSITIVE_INFINITY;
      int share = 1;
      for (int given = 1; given < places; given++) {
        float cost = cost(first, given) + cost(second, places - given);
        if (cost < least) {
          least = cost;
          share = given;
        }
      }
      costs[at(node, places)] = least;
      shares[at(node, places)] = (byte) share;
    }
    float own = halfArea(node) + costs[at(node, MOST)];
    for (int places = 1; places < MOST; places++) {
      if (places == 1 || own <= costs[at(node, places)]) {
        costs[at(node, places)] = own;
        shares[at(node, places)] = OWN_NODE;
      }
    }
  }

  private float cost(int reference, int places) {
    return isBlock(reference) ? 0 : costs[at(reference, places)];
  }

  /** Half of the surface of the box around both children of a node. */
  private float halfArea(int node) {
    double x = extent(node, 0);
    double y = extent(node, 1);
    double z = extent(node, 2);
    return (float) (x * y + y * z + z * x);
  }

  private double extent(int node, int axis) {
    int first = Bvh.NODE_FLOATS * node + axis;
    int second = first + Bvh.BOX_FLOATS;
    return (double) Math.max(boxes[first + 3], boxes[second + 3])
        - Math.min(boxes[first], boxes[second]);
  }

  /** Plans one subtree, which owns the nodes from its root to an end. */
  private final class Part extends RecursiveAction {
    private static final long serialVersionUID = 1L;

    private final int root;
    private final int end;

    Part(int root, int end) {
      this.root = root;
      this.end = end;
    }

    @Override
    protected void compute() {
      int second = children[2 * root + 1];
      if (end - root <= SEQUENTIAL_NODES || children[2 * root] < 0 || second < 0) {
        // Children come after their parents.
        for (int node = end - 1; node >= root; node--) {
          plan(node);
        }
        return;
      }
      invokeAll(new Part(root + 1, second), new Part(second, end));
      plan(root);
    }
  }
}
