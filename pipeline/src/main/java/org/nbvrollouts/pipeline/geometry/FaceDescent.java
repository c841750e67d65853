package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * The walk of {@link FaceDistances}: down the tree of faces with a list of those nodes of the point
 * tree that may still lower a distance below. A node of points stays on the list if its box is
 * nearer than the largest distance in the subtree, no farther than the farthest corner from the
 * point on the list that bounds best what every face below will get at least, and not beaten by
 * that point as {@link NearestPoint} says. Nodes about as large as the box of the faces are
 * replaced by their children.
 */
final class FaceDescent {
  /** Square of the size, in sizes of the box of faces, above which a node of points is divided. */
  private static final double SPLIT = 0.5;

  private final Bvh bvh;
  private final double minCrossSquared;
  private final FaceDistances state;
  private final FaceBox box = new FaceBox();
  private int[] lists = new int[256];
  private double[] leasts = new double[256];
  private int end;
  private PointTree points;
  private double[] largestBelow;
  private boolean updatesBounds;
  private double admitDiagonal;
  private double admitBelow;
  private double admitAtMost;
  private final NearestPoint nearest = new NearestPoint();
  private double best;
  private int bestPoint;

  FaceDescent(Bvh bvh, double minCrossSquared, FaceDistances state) {
    this.bvh = bvh;
    this.minCrossSquared = minCrossSquared;
    this.state = state;
  }

  /**
   * Lowers the state.
   *
   * @param bounds largest distance below either child of every inner node, kept up to date
   */
  void lower(PointTree newPoints, double[] bounds) {
    updatesBounds = true;
    run(newPoints, bounds);
  }

  /** Lowers the state but leaves the bounds, which stay valid once the state is restored. */
  void tryLower(PointTree newPoints, double[] bounds) {
    updatesBounds = false;
    run(newPoints, bounds);
  }

  private void run(PointTree newPoints, double[] bounds) {
    points = newPoints;
    largestBelow = bounds;
    if (points.isEmpty() || bvh.faceCount() == 0) {
      return;
    }
    end = 0;
    push(0, 0);
    if (bvh.root < 0) {
      visitLeaf(bvh.root, 0, 1);
    } else {
      visitNode(bvh.root, 0, 1);
    }
  }

  /** Visits both children of a node; returns the largest distance below it afterwards. */
  private double visitNode(int node, int listStart, int listEnd) {
    double largest = 0;
    for (int side = 0; side < 2; side++) {
      int child = 2 * node + side;
      double bound = largestBelow[child];
      int start = end;
      select(node * Bvh.NODE_FLOATS + side * Bvh.BOX_FLOATS, bound, listStart, listEnd);
      if (end > start) {
        int reference = bvh.children[child];
        double after =
            reference < 0 ? visitLeaf(reference, start, end) : visitNode(reference, start, end);
        bound = after;
        if (updatesBounds) {
          largestBelow[child] = after;
        }
      }
      end = start;
      largest = Math.max(largest, bound);
    }
    return largest;
  }

  /** Writes to the end of the list arena what of a list may matter to a child of a node. */
  private void select(int nodeBoxOffset, double below, int listStart, int listEnd) {
    box.setChild(bvh.nodeBoxes, nodeBoxOffset);
    admitBelow = below;
    admitDiagonal = box.squaredDiagonal();
    admitAtMost = Double.POSITIVE_INFINITY;
    for (int i = listStart; i < listEnd; i++) {
      double least = points.leastSquaredDistance(lists[i], box);
      leasts[i] = least;
      if (least < below && least <= admitAtMost) {
        bound(lists[i]);
      }
    }
    for (int i = listStart; i < listEnd; i++) {
      admit(lists[i], leasts[i]);
    }
  }

  /** Takes a node as the nearest if it bounds what every face gets best so far. */
  private void bound(int node) {
    double largest = points.largestSquaredDistance(node, box);
    if (largest < admitAtMost) {
      admitAtMost = largest;
      nearest.set(points, node, box, largest);
    }
  }

  private void admit(int node, double least) {
    if (least >= admitBelow || least > admitAtMost || nearest.beats(points, node, box)) {
      return;
    }
    if (points.squaredDiagonal(node) > SPLIT * admitDiagonal && !points.isLeaf(node)) {
      int first = 2 * node + 1;
      double leastOfFirst = points.leastSquaredDistance(first, box);
      double leastOfSecond = points.leastSquaredDistance(first + 1, box);
      if (leastOfFirst <= leastOfSecond) {
        admit(first, leastOfFirst);
        admit(first + 1, leastOfSecond);
      } else {
        admit(first + 1, leastOfSecond);
        admit(first, leastOfFirst);
      }
      return;
    }
    bound(node);
    push(node, least);
  }

  private void push(int node, double least) {
    if (end == lists.length) {
      lists = Arrays.copyOf(lists, 2 * end);
      leasts = Arrays.copyOf(leasts, 2 * end);
    }
    lists[end] = node;
    leasts[end++] = least;
  }

  private double visitLeaf(int reference, int listStart, int listEnd) {
    nearestFirst(listStart, listEnd);
    double largest = 0;
    int start = Bvh.leafStart(reference);
    for (int slot = start; slot < start + Bvh.leafCount(reference); slot++) {
      int face = bvh.faceOfSlot[slot];
      double before = state.at(face);
      best = before;
      box.setFace(bvh.corners, Bvh.cornerOffset(slot), bvh.padMetres);
      for (int i = listStart; i < listEnd; i++) {
        searchPoints(lists[i], slot);
      }
      if (best < before) {
        state.set(face, best, points.index(bestPoint));
      }
      largest = Math.max(largest, best);
    }
    return largest;
  }

  /** Brings the nearest node of a list to its front. */
  private void nearestFirst(int listStart, int listEnd) {
    int nearest = listStart;
    for (int i = listStart + 1; i < listEnd; i++) {
      if (leasts[i] < leasts[nearest]) {
        nearest = i;
      }
    }
    int node = lists[nearest];
    lists[nearest] = lists[listStart];
    lists[listStart] = node;
  }

  private void searchPoints(int node, int slot) {
    if (points.leastSquaredDistance(node, box) >= best) {
      return;
    }
    if (points.isLeaf(node)) {
      comparePoint(points.leafPoint(node), slot);
    } else {
      searchPoints(2 * node + 1, slot);
      searchPoints(2 * node + 2, slot);
    }
  }

  private void comparePoint(int point, int slot) {
    double d2 =
        bvh.squaredDistance(
            points.x(point), points.y(point), points.z(point), slot, minCrossSquared);
    if (d2 < best) {
      best = d2;
      bestPoint = point;
    }
  }
}
