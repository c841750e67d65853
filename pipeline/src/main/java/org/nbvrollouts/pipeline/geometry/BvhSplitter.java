package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * Divides a range of faces in two by the surface area heuristic over sixteen bins per axis. Faces
 * go to bins by the middle of their box. A range whose middles coincide, or whose size overflows,
 * is halved by position instead. Holds scratch memory for one thread.
 */
final class BvhSplitter {
  private static final int BINS = 16;

  private final BvhFaces faces;
  private final float[] partBounds = new float[2 * Bvh.BOX_FLOATS];
  private final float[] centreBounds = new float[Bvh.BOX_FLOATS];
  private final float[] binBounds = new float[3 * BINS * Bvh.BOX_FLOATS];
  private final int[] binCounts = new int[3 * BINS];
  private final float[] sweep = new float[Bvh.BOX_FLOATS];
  private final double[] areaAbove = new double[BINS];
  private final int[] countAbove = new int[BINS];
  private final float[] binScale = new float[3];
  private double bestCost;
  private int bestAxis;
  private int bestBin;

  BvhSplitter(BvhFaces faces) {
    this.faces = faces;
  }

  /** Exact bounds of the two parts of the last range: least and largest x, y, z of each. */
  float[] partBounds() {
    return partBounds;
  }

  /** Reorders the range and returns the first position of the second part; both are non-empty. */
  int split(int start, int end) {
    fillBins(start, end);
    bestCost = Double.POSITIVE_INFINITY;
    for (int axis = 0; axis < 3; axis++) {
      if (binScale[axis] > 0) {
        sweepAxis(axis);
      }
    }
    if (bestCost == Double.POSITIVE_INFINITY) {
      return halve(start, end);
    }
    boundBins(0, bestBin + 1, 0);
    boundBins(bestBin + 1, BINS, Bvh.BOX_FLOATS);
    int low = start;
    int high = end;
    while (low < high) {
      if (bin(faces.boxOffset(low), bestAxis) <= bestBin) {
        low++;
      } else {
        faces.swap(low, --high);
      }
    }
    return low;
  }

  /** Divides the range in the middle without reordering it. */
  int halve(int start, int end) {
    int middle = (start + end) >>> 1;
    faces.bounds(start, middle, partBounds, 0);
    faces.bounds(middle, end, partBounds, Bvh.BOX_FLOATS);
    return middle;
  }

  private void boundBins(int firstBin, int endBin, int at) {
    resetSweep();
    for (int bin = firstBin; bin < endBin; bin++) {
      grow(bestAxis, bin);
    }
    System.arraycopy(sweep, 0, partBounds, at, Bvh.BOX_FLOATS);
  }

  private void fillBins(int start, int end) {
    measureCentres(start, end);
    Arrays.fill(binCounts, 0);
    for (int i = 0; i < binBounds.length; i++) {
      binBounds[i] = i % 6 < 3 ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
    }
    for (int i = start; i < end; i++) {
      int offset = faces.boxOffset(i);
      for (int axis = 0; axis < 3; axis++) {
        int slot = axis * BINS + bin(offset, axis);
        binCounts[slot]++;
        int base = slot * Bvh.BOX_FLOATS;
        for (int k = 0; k < 3; k++) {
          binBounds[base + k] = Math.min(binBounds[base + k], faces.box(offset, k));
          binBounds[base + 3 + k] = Math.max(binBounds[base + 3 + k], faces.box(offset, 3 + k));
        }
      }
    }
  }

  private void measureCentres(int start, int end) {
    Arrays.fill(centreBounds, 0, 3, Float.POSITIVE_INFINITY);
    Arrays.fill(centreBounds, 3, 6, Float.NEGATIVE_INFINITY);
    for (int i = start; i < end; i++) {
      int offset = faces.boxOffset(i);
      for (int axis = 0; axis < 3; axis++) {
        float centre = faces.centre(offset, axis);
        centreBounds[axis] = Math.min(centreBounds[axis], centre);
        centreBounds[3 + axis] = Math.max(centreBounds[3 + axis], centre);
      }
    }
    for (int axis = 0; axis < 3; axis++) {
      float least = centreBounds[axis];
      float largest = centreBounds[3 + axis];
      binScale[axis] = largest > least ? BINS / (largest - least) : 0;
    }
  }

  private int bin(int offset, int axis) {
    int bin = (int) ((faces.centre(offset, axis) - centreBounds[axis]) * binScale[axis]);
    return Math.min(bin, BINS - 1);
  }

  /** Finds the cheapest plane of one axis; keeps the first of equally cheap ones. */
  private void sweepAxis(int axis) {
    resetSweep();
    int count = 0;
    for (int bin = BINS - 1; bin > 0; bin--) {
      count += grow(axis, bin);
      areaAbove[bin] = halfArea();
      countAbove[bin] = count;
    }
    resetSweep();
    count = 0;
    for (int bin = 0; bin < BINS - 1; bin++) {
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

  private void resetSweep() {
    Arrays.fill(sweep, 0, 3, Float.POSITIVE_INFINITY);
    Arrays.fill(sweep, 3, 6, Float.NEGATIVE_INFINITY);
  }

  private int grow(int axis, int bin) {
    int base = (axis * BINS + bin) * Bvh.BOX_FLOATS;
    for (int k = 0; k < 3; k++) {
      sweep[k] = Math.min(sweep[k], binBounds[base + k]);
      sweep[3 + k] = Math.max(sweep[3 + k], binBounds[base + 3 + k]);
    }
    return binCounts[axis * BINS + bin];
  }

  private double halfArea() {
    double x = (double) sweep[3] - sweep[0];
    double y = (double) sweep[4] - sweep[1];
    double z = (double) sweep[5] - sweep[2];
    return x * y + y * z + z * x;
  }
}
