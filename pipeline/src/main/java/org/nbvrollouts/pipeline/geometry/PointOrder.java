package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * Orders points along a Z-curve through their bounds, so that most follow a near one and read the
 * parts of a tree that are still in the cache. Points of one cell keep their order. The order may
 * change how long an answer takes, never the answer. One instance belongs to one thread and keeps
 * its memory.
 */
final class PointOrder {
  /** Bits of a cell index along one axis: 1,024 cells. */
  private static final int AXIS_BITS = 10;

  private static final int CELLS = 1 << AXIS_BITS;
  private static final int KEY_BITS = 3 * AXIS_BITS;
  private static final int DIGIT_BITS = 10;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private final double[] least = new double[3];
  private final double[] scale = new double[3];
  private final int[] ends = new int[DIGITS];

  /** Key of a point above, its index below. */
  private long[] entries = new long[0];

  private long[] spare = new long[0];

  /** Coordinates of the points in their order, so that reading them does not wait for memory. */
  private double[] ordered = new double[0];

  /** Sorts the first points of an array of coordinates, which are finite. */
  void sort(double[] xyz, int count) {
    if (entries.length < count) {
      entries = new long[count];
      spare = new long[count];
      ordered = new double[3 * count];
    }
    measure(xyz, count);
    for (int i = 0; i < count; i++) {
      int key = spread(cell(xyz, i, 0)) | spread(cell(xyz, i, 1)) << 1;
      key |= spread(cell(xyz, i, 2)) << 2;
      entries[i] = (long) key << Integer.SIZE | i;
    }
    for (int shift = 0; shift < KEY_BITS; shift += DIGIT_BITS) {
      distribute(Integer.SIZE + shift, count);
    }
    gather(xyz, count);
  }

  private void gather(double[] xyz, int count) {
    for (int place = 0; place < count; place++) {
      int from = 3 * index(place);
      ordered[3 * place] = xyz[from];
      ordered[3 * place + 1] = xyz[from + 1];
      ordered[3 * place + 2] = xyz[from + 2];
    }
  }

  /** Index of the point at a place of the order. */
  int index(int place) {
    return (int) entries[place];
  }

  /** Coordinates of the point at a place of the order. */
  double x(int place) {
    return ordered[3 * place];
  }

  double y(int place) {
    return ordered[3 * place + 1];
  }

  double z(int place) {
    return ordered[3 * place + 2];
  }

  private void measure(double[] xyz, int count) {
    for (int axis = 0; axis < 3; axis++) {
      double from = Double.POSITIVE_INFINITY;
      double to = Double.NEGATIVE_INFINITY;
      for (int i = axis; i < 3 * count; i += 3) {
        from = Math.min(from, xyz[i]);
        to = Math.max(to, xyz[i]);
      }
      least[axis] = from;
      scale[axis] = to > from ? CELLS / (to - from) : 0;
    }
  }

  private int cell(double[] xyz, int point, int axis) {
    return Math.min(CELLS - 1, (int) ((xyz[3 * point + axis] - least[axis]) * scale[axis]));
  }

  /** The ten bits of a cell index, two unused places after each. */
  private static int spread(int cell) {
    int bits = (cell | cell << 16) & 0x030000ff;
    bits = (bits | bits << 8) & 0x0300f00f;
    bits = (bits | bits << 4) & 0x030c30c3;
    return (bits | bits << 2) & 0x09249249;
  }

  /** Sorts by one digit of the key, equal ones in the order they had. */
  private void distribute(int shift, int count) {
    Arrays.fill(ends, 0);
    for (int i = 0; i < count; i++) {
      ends[digit(entries[i], shift)]++;
    }
    int start = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      int size = ends[digit];
      ends[digit] = start;
      start += size;
    }
    for (int i = 0; i < count; i++) {
      spare[ends[digit(entries[i], shift)]++] = entries[i];
    }
    long[] sorted = spare;
    spare = entries;
    entries = sorted;
  }

  private static int digit(long entry, int shift) {
    return (int) (entry >>> shift) & DIGITS - 1;
  }
}
