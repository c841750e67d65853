package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * Counts and boxes of the faces of a range, sorted into bins along each axis by the middle of their
 * box, and the cheapest plane between two bins by the surface area heuristic. Bins of disjoint
 * parts of a range can be merged in any order with the same result. Holds memory for one thread.
 */
final class BvhBins {
  /** Most bins per axis; small ranges use fewer. */
  private static final int MAX_BINS = 16;

  private static final int LEAST_BINS = 4;
  private static final int FACES_PER_FURTHER_BIN = 20;
  private static final int BIN_INTS = 8;
  private static final int COUNT = 6;
  private static final int AXIS_INTS = MAX_BINS * BIN_INTS;
  private static final int NOTHING_LEAST = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

  private final int[] bins = new int[3 * AXIS_INTS];
  private final float[] start = new float[3];
  private final float[] scale = new float[3];
  private final float[] largestMiddle = new float[3];
  private final int[] sweep = new int[6];
  private final double[] areaAbove = new double[MAX_BINS];
  private final int[] countAbove = new int[MAX_BINS];
  private int binCount;
  private double bestCost;
  private int bestAxis;
  private int bestBin;

  /** Begins to measure the middles of a range. */
  void clearMiddles() {
    Arrays.fill(start, Float.POSITIVE_INFINITY);
    Arrays.fill(largestMiddle, -1);
  }

  /** Extends the bounds of the middles; a middle counts twice its distance. */
  void addMiddles(int[] records, int first, int end) {
    float x0 = start[0];
    float y0 = start[1];
    float z0 = start[2];
    float x1 = largestMiddle[0];
    float y1 = largestMiddle[1];
    float z1 = largestMiddle[2];
    int stop = end * BvhFaces.RECORD_INTS;
    for (int i = first * BvhFaces.RECORD_INTS; i < stop; i += BvhFaces.RECORD_INTS) {
      float x = middle(records, i);
      float y = middle(records, i + 1);
      float z = middle(records, i + 2);
      x0 = x < x0 ? x : x0;
      y0 = y < y0 ? y : y0;
      z0 = z < z0 ? z : z0;
      x1 = x > x1 ? x : x1;
      y1 = y > y1 ? y : y1;
      z1 = z > z1 ? z : z1;
    }
    start[0] = x0;
    start[1] = y0;
    start[2] = z0;
    largestMiddle[0] = x1;
    largestMiddle[1] = y1;
    largestMiddle[2] = z1;
  }

  /** Extends the bounds of the middles by those of another part. */
  void mergeMiddles(BvhBins other) {
    for (int axis = 0; axis < 3; axis++) {
      start[axis] = Math.min(start[axis], other.start[axis]);
      largestMiddle[axis] = Math.max(largestMiddle[axis], other.largestMiddle[axis]);
    }
  }

  private static float middle(int[] records, int at) {
    return Float.intBitsToFloat(records[at]) + Float.intBitsToFloat(records[at + 3]);
  }

  /** Empties the bins for a range of so many faces whose middles have been measured. */
  void clearBins(int faceCount) {
    binCount = Math.min(MAX_BINS, LEAST_BINS + faceCount / FACES_PER_FURTHER_BIN);
    for (int axis = 0; axis < 3; axis++) {
      float extent = largestMiddle[axis] - start[axis];
      scale[axis] = extent > 0 ? binCount / extent : 0;
      int end = axis * AXIS_INTS + binCount * BIN_INTS;
      for (int i = axis * AXIS_INTS; i < end; i += BIN_INTS) {
        for (int k = 0; k < 3; k++) {
          bins[i + k] = NOTHING_LEAST;
          bins[i + 3 + k] = -1;
        }
        bins[i + COUNT] = 0;
      }
    }
  }

  /** Takes the division into bins of another part of the range, and empties the bins. */
  void clearBinsLike(BvhBins other, int faceCount) {
    System.arraycopy(other.start, 0, start, 0, 3);
    System.arraycopy(other.largestMiddle, 0, largestMiddle, 0, 3);
    clearBins(faceCount);
  }

  /** Sorts faces into the bins of all axes. */
  void add(int[] records, int first, int end) {
    int stop = end * BvhFaces.RECORD_INTS;
    for (int i = first * BvhFaces.RECORD_INTS; i < stop; i += BvhFaces.RECORD_INTS) {
      int x0 = records[i];
      int y0 = records[i + 1];
      int z0 = records[i + 2];
      int x1 = records[i + 3];
      int y1 = records[i + 4];
      int z1 = records[i + 5];
      for (int axis = 0; axis < 3; axis++) {
        int at = axis * AXIS_INTS + bin(records, i, axis) * BIN_INTS;
        bins[at] = Math.min(bins[at], x0);
        bins[at + 1] = Math.min(bins[at + 1], y0);
        bins[at + 2] = Math.min(bins[at + 2], z0);
        bins[at + 3] = Math.max(bins[at + 3], x1);
        bins[at + 4] = Math.max(bins[at + 4], y1);
        bins[at + 5] = Math.max(bins[at + 5], z1);
        bins[at + COUNT]++;
      }
    }
  }

  /** Adds the bins of another part of the same range. */
  void merge(BvhBins other) {
    for (int i = 0; i < bins.length; i += BIN_INTS) {
      for (int k = 0; k < 3; k++) {
        bins[i + k] = Math.min(bins[i + k], other.bins[i + k]);
        bins[i + 3 + k] = Math.max(bins[i + 3 + k], other.bins[i + 3 + k]);
      }
      bins[i + COUNT] += other.bins[i + COUNT];
    }
  }

  private int bin(int[] records, int at, int axis) {
    int bin = (int) ((middle(records, at + axis) - start[axis]) * scale[axis]);
    return Math.min(bin, binCount - 1);
  }

  /** Finds the cheapest plane, the first of equally cheap ones; false if no plane divides. */
  boolean choosePlane() {
    bestCost = Double.POSITIVE_INFINITY;
    for (int axis = 0; axis < 3; axis++) {
      if (scale[axis] > 0 && scale[axis] < Float.POSITIVE_INFINITY) {
        sweepAxis(axis);
      }
    }
    return bestCost < Double.POSITIVE_INFINITY;
  }

  /** True if a face lies before the chosen plane. */
  boolean isBeforePlane(int[] records, int at) {
    return bin(records, at, bestAxis) <= bestBin;
  }

  private void sweepAxis(int axis) {
    int count = 0;
    clearSweep();
    for (int bin = binCount - 1; bin > 0; bin--) {
      count += grow(axis, bin);
      areaAbove[bin] = halfArea();
      countAbove[bin] = count;
    }
    clearSweep();
    count = 0;
    for (int bin = 0; bin < binCount - 1; bin++) {
      count += grow(axis, bin);
      int above = countAbove[bin + 1];
      if (count > 0 && above > 0) {
        double cost = count * halfArea() + above * areaAbove[bin + 1];
        if (cost < bestCost) {
          bestCost = cost;
          bestAxis = axis;
          bestBin = bin;
        }
      }
    }
  }

  private void clearSweep() {
    Arrays.fill(sweep, 0, 3, NOTHING_LEAST);
    Arrays.fill(sweep, 3, 6, -1);
  }

  private int grow(int axis, int bin) {
    int at = axis * AXIS_INTS + bin * BIN_INTS;
    for (int k = 0; k < 3; k++) {
      sweep[k] = Math.min(sweep[k], bins[at + k]);
      sweep[3 + k] = Math.max(sweep[3 + k], bins[at + 3 + k]);
    }
    return bins[at + COUNT];
  }

  /** Half the area of the swept box; only meaningful, and only used, if it holds a face. */
  private double halfArea() {
    double x = side(0);
    double y = side(1);
    double z = side(2);
    return x * y + y * z + z * x;
  }

  private double side(int axis) {
    return (double) Float.intBitsToFloat(sweep[3 + axis]) - Float.intBitsToFloat(sweep[axis]);
  }
}
