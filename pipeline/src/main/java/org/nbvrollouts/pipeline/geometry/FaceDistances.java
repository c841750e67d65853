package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Squared distance of every face of a mesh to the nearest point of a growing set: the completeness
 * term of the oracle (specification generation 6.3) and its exact shortcut (generation G-4).
 * Distances are those of {@link PointTriangle}; before the first point all are infinite.
 *
 * <p>Points are compared with faces tree against tree. Every subtree of faces remembers the largest
 * distance in it; a group of points that is farther away than that cannot lower anything there and
 * is dropped, so a candidate visits only the faces it can improve. What is dropped provably cannot
 * win: the distances are those of a comparison of all pairs, bit for bit.
 *
 * <p>The mean has a fixed order: faces are added within blocks of 1024 consecutive indices, then
 * the blocks. Only blocks with a changed face are added again.
 *
 * <p>One instance belongs to one thread. Memory grows to the largest set of points seen and is then
 * reused.
 */
public final class FaceDistances {
  private static final int BLOCK = 1024;

  private final Bvh bvh;
  private final double minCrossSquared;
  private final double[] squared;
  private final int[] nearestPoints;
  private final double[] blockSums;
  private final double[] largestBelow;
  private final PointTree points = new PointTree();
  private final FaceDescent descent;
  private final boolean[] blockChanged;
  private final int[] changedBlocks;
  private final double[] savedSums;
  private int changedBlockCount;
  private boolean keepsUndoLog;
  private int[] undoFaces = new int[0];
  private double[] undoValues = new double[0];
  private int undoCount;

  /**
   * All distances infinite.
   *
   * @param minTriangleAreaM2 faces with a smaller area are measured to their edges only; 0 for the
   *     exact distance
   */
  public FaceDistances(Bvh bvh, double minTriangleAreaM2) {
    this(bvh, minTriangleAreaM2, new int[0]);
  }

  private FaceDistances(Bvh bvh, double minTriangleAreaM2, int[] nearestPoints) {
    this(
        bvh,
        PointTriangle.minCrossSquared(minTriangleAreaM2),
        filled(bvh.faceCount()),
        nearestPoints,
        filled((bvh.faceCount() + BLOCK - 1) / BLOCK),
        filled(2 * bvh.innerNodeCount()));
  }

  private FaceDistances(
      Bvh bvh,
      double minCrossSquared,
      double[] squared,
      int[] nearestPoints,
      double[] blockSums,
      double[] largestBelow) {
    this.bvh = bvh;
    this.minCrossSquared = minCrossSquared;
    this.squared = squared;
    this.nearestPoints = nearestPoints;
    this.blockSums = blockSums;
    this.largestBelow = largestBelow;
    this.descent = new FaceDescent(bvh, minCrossSquared, this);
    this.blockChanged = new boolean[blockSums.length];
    this.changedBlocks = new int[blockSums.length];
    this.savedSums = new double[blockSums.length];
  }

  /** All distances infinite, and room for the nearest point of each face. */
  static FaceDistances rememberingPoints(Bvh bvh, double minTriangleAreaM2) {
    return new FaceDistances(bvh, minTriangleAreaM2, new int[bvh.faceCount()]);
  }

  private static double[] filled(int length) {
    double[] values = new double[length];
    Arrays.fill(values, Double.POSITIVE_INFINITY);
    return values;
  }

  /**
   * Adds points to the set: every distance becomes the lesser of itself and the distance to the
   * nearest new point.
   *
   * @param xyz x, y, z per point, world metres, at least {@code 3 * pointCount} values
   * @throws IllegalArgumentException if a coordinate is not finite; the state is then unchanged
   */
  public void lower(double[] xyz, int pointCount) {
    points.build(xyz, pointCount);
    lower(points);
  }

  /** As {@link #lower(double[], int)}, for the points of a tree. */
  void lower(PointTree addedPoints) {
    descent.lower(addedPoints, largestBelow);
    sumChangedBlocks();
    changedBlockCount = 0;
  }

  /** As {@link #lower(double[], int)}, for all points of a buffer. */
  public void lower(PointBuffer addedPoints) {
    lower(addedPoints.array(), addedPoints.size());
  }

  /**
   * Mean squared distance over all faces, m²; infinite before the first point, NaN without faces.
   */
  public double mean() {
    return sum() / squared.length;
  }

  /** Sum of the squared distances over all faces in the fixed order, m². */
  public double sum() {
    double sum = 0;
    for (double blockSum : blockSums) {
      sum += blockSum;
    }
    return sum;
  }

  /** The sum that {@link #lower(PointBuffer)} would lead to; the state does not change. */
  public double sumIfLowered(PointBuffer addedPoints) {
    return sumIfLowered(addedPoints.array(), addedPoints.size());
  }

  /**
   * The mean that {@link #lower(double[], int)} with these points would lead to, bit for bit; the
   * state does not change.
   *
   * @param xyz x, y, z per point, world metres, at least {@code 3 * pointCount} values
   * @throws IllegalArgumentException if a coordinate is not finite
   */
  double meanIfLowered(double[] xyz, int pointCount) {
    return sumIfLowered(xyz, pointCount) / squared.length;
  }

  private double sumIfLowered(double[] xyz, int pointCount) {
    points.build(xyz, pointCount);
    keepsUndoLog = true;
    descent.tryLower(points, largestBelow);
    keepsUndoLog = false;
    for (int i = 0; i < changedBlockCount; i++) {
      savedSums[i] = blockSums[changedBlocks[i]];
    }
    sumChangedBlocks();
    double sum = sum();
    undo();
    return sum;
  }

  /** As {@link #meanIfLowered(double[], int)}, for all points of a buffer. */
  double meanIfLowered(PointBuffer addedPoints) {
    return meanIfLowered(addedPoints.array(), addedPoints.size());
  }

  /** Squared distance of one face, m². */
  public double at(int face) {
    return squared[face];
  }

  /**
   * Index of the point that decided the distance of a face when it was added, among those added
   * with it; of no meaning before the first point. Only if points are remembered.
   */
  int nearestPoint(int face) {
    return nearestPoints[face];
  }

  /** Number of faces. */
  public int faceCount() {
    return squared.length;
  }

  /** An independent copy of the state over the same mesh, which remembers no points. */
  public FaceDistances copy() {
    return new FaceDistances(
        bvh, minCrossSquared, squared.clone(), new int[0], blockSums.clone(), largestBelow.clone());
  }

  /**
   * A new state over the same mesh, which remembers no points. A face at distance 0 is never looked
   * at again, which restricts a state to the other faces; a face at infinity forgets what it was
   * near to.
   *
   * @param squaredDistance of each face, m², at least 0
   */
  public FaceDistances with(IntToDoubleFunction squaredDistance) {
    double[] values = new double[squared.length];
    Arrays.setAll(values, squaredDistance);
    FaceDistances state =
        new FaceDistances(
            bvh,
            minCrossSquared,
            values,
            new int[0],
            new double[blockSums.length],
            largestBelow.clone());
    for (int block = 0; block < blockSums.length; block++) {
      state.sumBlock(block);
    }
    if (bvh.root >= 0) {
      state.measureBounds(bvh.root);
    }
    return state;
  }

  /** Largest distance below a node or leaf; stores those of all inner nodes below. */
  private double measureBounds(int reference) {
    double largest = 0;
    if (reference < 0) {
      int start = Bvh.leafStart(reference);
      for (int slot = start; slot < start + Bvh.leafCount(reference); slot++) {
        largest = Math.max(largest, squared[bvh.faceOfSlot[slot]]);
      }
      return largest;
    }
    for (int child = 2 * reference; child < 2 * reference + 2; child++) {
      largestBelow[child] = measureBounds(bvh.children[child]);
      largest = Math.max(largest, largestBelow[child]);
    }
    return largest;
  }

  /** Called by the descent for a face that came nearer. */
  void set(int face, double value, int point) {
    if (keepsUndoLog) {
      if (undoCount == undoFaces.length) {
        int capacity = Math.max(BLOCK, undoCount + (undoCount >> 1));
        undoFaces = Arrays.copyOf(undoFaces, capacity);
        undoValues = Arrays.copyOf(undoValues, capacity);
      }
      undoFaces[undoCount] = face;
      undoValues[undoCount++] = squared[face];
    }
    squared[face] = value;
    if (nearestPoints.length > 0 && !keepsUndoLog) {
      nearestPoints[face] = point;
    }
    int block = face / BLOCK;
    if (!blockChanged[block]) {
      blockChanged[block] = true;
      changedBlocks[changedBlockCount++] = block;
    }
  }

  private void sumChangedBlocks() {
    for (int i = 0; i < changedBlockCount; i++) {
      int block = changedBlocks[i];
      blockChanged[block] = false;
      sumBlock(block);
    }
  }

  private void sumBlock(int block) {
    double sum = 0;
    int end = Math.min(squared.length, (block + 1) * BLOCK);
    for (int face = block * BLOCK; face < end; face++) {
      sum += squared[face];
    }
    blockSums[block] = sum;
  }

  private void undo() {
    for (int i = undoCount - 1; i >= 0; i--) {
      squared[undoFaces[i]] = undoValues[i];
    }
    undoCount = 0;
    for (int i = 0; i < changedBlockCount; i++) {
      blockSums[changedBlocks[i]] = savedSums[i];
    }
    changedBlockCount = 0;
  }
}
