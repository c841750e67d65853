package org.nbvrollouts.pipeline.geometry;

import java.util.function.IntPredicate;

/**
 * Balanced tree over a set of points, rebuilt for every set in the same memory. Node 0 is the root,
 * the children of node i are 2i + 1 and 2i + 2, all leaves lie on the last level, and the points
 * are reordered so that every node owns a range of them. Nodes are halved at the median of their
 * longest side. Not thread-safe.
 */
final class PointTree {

  /** Values per node: least x, y, z, largest x, y, z, one of its points, the squared diagonal. */
  private static final int NODE = 10;

  private static final int POINT = 6;
  private static final int DIAGONAL = 9;

  private double[] points = new double[0];
  private int[] indices = new int[0];
  private double[] nodes = new double[0];
  private int count;
  private int levels;

  /**
   * Builds the tree over the first points of an array.
   *
   * @param xyz x, y, z per point, metres; copied
   * @throws IllegalArgumentException naming the first point that is not finite
   */
  void build(double[] xyz, int pointCount) {
    count = pointCount;
    requireFinite(xyz);
    levels = 0;
    while (count > 1L << levels) {
      levels++;
    }
    int nodeCount = (2 << levels) - 1;
    if (points.length < 3 * count) {
      points = new double[Math.multiplyExact(3, count + (count >> 2))];
      indices = new int[count + (count >> 2)];
    }
    if (nodes.length < NODE * nodeCount) {
      nodes = new double[Math.multiplyExact(NODE, nodeCount)];
    }
    System.arraycopy(xyz, 0, points, 0, 3 * count);
    for (int i = 0; i < count; i++) {
      indices[i] = i;
    }
    if (count > 0) {
      divide(0, 0, 0, count);
    }
  }

  private void requireFinite(double[] xyz) {
    for (int i = 0; i < 3 * count; i++) {
      if (!Double.isFinite(xyz[i])) {
        throw new IllegalArgumentException(
            "Invalid point " + i / 3 + ": " + xyz[i] + " (expected finite coordinates)");
      }
    }
  }

  private void divide(int node, int level, int start, int end) {
    measure(node, start, end);
    if (level < levels) {
      int axis = longestSide(node);
      int middle = middle(node, level);
      select(axis, start, end - 1, middle);
      divide(2 * node + 1, level + 1, start, middle);
      divide(2 * node + 2, level + 1, middle, end);
      choosePoint(node);
    } else if (start < end) {
      System.arraycopy(points, 3 * start, nodes, NODE * node + POINT, 3);
    }
  }

  private void measure(int node, int start, int end) {
    int base = NODE * node;
    for (int axis = 0; axis < 3; axis++) {
      double least = Double.POSITIVE_INFINITY;
      double largest = Double.NEGATIVE_INFINITY;
      for (int i = start; i < end; i++) {
        double value = points[3 * i + axis];
        least = value < least ? value : least;
        largest = value > largest ? value : largest;
      }
      nodes[base + axis] = least;
      nodes[base + 3 + axis] = largest;
    }
    measureDiagonal(node);
  }

  /** Takes that of the two points of the children that is nearer to the middle. */
  private void choosePoint(int node) {
    int base = NODE * node;
    double firstOff = 0;
    double secondOff = 0;
    int first = NODE * (2 * node + 1);
    int second = first + NODE;
    for (int axis = 0; axis < 3; axis++) {
      double middle = 0.5 * (nodes[base + axis] + nodes[base + 3 + axis]);
      double fromFirst = nodes[first + POINT + axis] - middle;
      double fromSecond = nodes[second + POINT + axis] - middle;
      firstOff += fromFirst * fromFirst;
      secondOff += fromSecond * fromSecond;
    }
    boolean isFirst = isEmpty(2 * node + 2) || (firstOff <= secondOff && !isEmpty(2 * node + 1));
    System.arraycopy(nodes, (isFirst ? first : second) + POINT, nodes, base + POINT, 3);
  }

  private boolean isEmpty(int node) {
    return nodes[NODE * node] > nodes[NODE * node + 3];
  }

  private void measureDiagonal(int node) {
    int base = NODE * node;
    double dx = nodes[base + 3] - nodes[base];
    double dy = nodes[base + 4] - nodes[base + 1];
    double dz = nodes[base + 5] - nodes[base + 2];
    nodes[base + DIAGONAL] = dx * dx + dy * dy + dz * dz;
  }

  private int longestSide(int node) {
    int base = NODE * node;
    double x = nodes[base + 3] - nodes[base];
    double y = nodes[base + 4] - nodes[base + 1];
    double z = nodes[base + 5] - nodes[base + 2];
    return x >= y && x >= z ? 0 : y >= z ? 1 : 2;
  }

  /**
   * Moves the point that belongs at {@code wanted} there, smaller ones before, larger ones after.
   */
  private void select(int axis, int first, int last, int wanted) {
    int low = first;
    int high = last;
    while (low < high) {
      double pivot = pivot(axis, low, high);
      int i = low - 1;
      int j = high + 1;
      while (true) {
        do {
          i++;
        } while (points[3 * i + axis] < pivot);
        do {
          j--;
        } while (points[3 * j + axis] > pivot);
        if (i >= j) {
          break;
        }
        swap(i, j);
      }
      if (wanted <= j) {
        high = j;
      } else {
        low = j + 1;
      }
    }
  }

  /** The middle one of three values; never the largest of two, so that both parts shrink. */
  private double pivot(int axis, int low, int high) {
    double a = points[3 * low + axis];
    double b = points[3 * ((low + high) >>> 1) + axis];
    double c = points[3 * high + axis];
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private void swap(int i, int j) {
    for (int axis = 0; axis < 3; axis++) {
      double value = points[3 * i + axis];
      points[3 * i + axis] = points[3 * j + axis];
      points[3 * j + axis] = value;
    }
    int index = indices[i];
    indices[i] = indices[j];
    indices[j] = index;
  }

  /**
   * Measures all boxes again without some of the points; a node of which no point is left gets an
   * empty box, which is infinitely far from everything. The tree is otherwise that of all points.
   *
   * @param isLeft asked for indices in the array that the tree was built from
   */
  void keep(IntPredicate isLeft) {
    for (int node = (2 << levels) - 2; node >= 0; node--) {
      if (isLeaf(node)) {
        int start = leafStart(node);
        boolean isPresent = start < leafEnd(node) && isLeft.test(indices[start]);
        measure(node, start, isPresent ? start + 1 : start);
      } else {
        unite(node);
      }
    }
  }

  private void unite(int node) {
    int base = NODE * node;
    int first = NODE * (2 * node + 1);
    int second = first + NODE;
    for (int axis = 0; axis < 3; axis++) {
      nodes[base + axis] = Math.min(nodes[first + axis], nodes[second + axis]);
      nodes[base + 3 + axis] = Math.max(nodes[first + 3 + axis], nodes[second + 3 + axis]);
    }
    measureDiagonal(node);
    choosePoint(node);
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isLeaf(int node) {
    return node >= (1 << levels) - 1;
  }

  /** The point of a leaf whose box is not empty. */
  int leafPoint(int leaf) {
    return leafStart(leaf);
  }

  private int leafStart(int leaf) {
    int index = leaf + 1 - (1 << levels);
    return (int) (((long) index * count) >> levels);
  }

  private int leafEnd(int leaf) {
    int index = leaf + 2 - (1 << levels);
    return (int) (((long) index * count) >> levels);
  }

  private int middle(int node, int level) {
    int index = node + 1 - (1 << level);
    return (int) (((2L * index + 1) * count) >> (level + 1));
  }

  /** Index that a point had in the array that the tree was built from. */
  int index(int point) {
    return indices[point];
  }

  double x(int point) {
    return points[3 * point];
  }

  double y(int point) {
    return points[3 * point + 1];
  }

  double z(int point) {
    return points[3 * point + 2];
  }

  double squaredDiagonal(int node) {
    return nodes[NODE * node + DIAGONAL];
  }

  /** Squared distance between the boxes of a node and of faces; 0 if they overlap. */
  double leastSquaredDistance(int node, FaceBox box) {
    int base = NODE * node;
    double dx = FaceBox.gap(box.leastX - nodes[base + 3], nodes[base] - box.largestX);
    double dy = FaceBox.gap(box.leastY - nodes[base + 4], nodes[base + 1] - box.largestY);
    double dz = FaceBox.gap(box.leastZ - nodes[base + 5], nodes[base + 2] - box.largestZ);
    return dx * dx + dy * dy + dz * dz;
  }

  /** Largest squared distance between the point that stands for a node and one of a face box. */
  double largestSquaredDistance(int node, FaceBox box) {
    int base = NODE * node + POINT;
    double dx = span(box.largestX - nodes[base], nodes[base] - box.leastX);
    double dy = span(box.largestY - nodes[base + 1], nodes[base + 1] - box.leastY);
    double dz = span(box.largestZ - nodes[base + 2], nodes[base + 2] - box.leastZ);
    return dx * dx + dy * dy + dz * dz;
  }

  /** Coordinate of the point that stands for a node, which has one. */
  double point(int node, int axis) {
    return nodes[NODE * node + POINT + axis];
  }

  /** The larger of two values of which at most one is negative, without a branch. */
  private static double span(double one, double other) {
    return Double.longBitsToDouble(
        Math.max(Double.doubleToRawLongBits(one), Double.doubleToRawLongBits(other)));
  }

  /** Least coordinate of a node's box. */
  double least(int node, int axis) {
    return nodes[NODE * node + axis];
  }

  /** Largest coordinate of a node's box. */
  double largest(int node, int axis) {
    return nodes[NODE * node + 3 + axis];
  }
}
