package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;
import java.util.Objects;

/**
 * Growable list of points in one flat array, reused from candidate to candidate so that hot loops
 * allocate nothing once it has reached its size. Coordinates are metres in the frame that the
 * variable names. Not thread-safe.
 */
public final class PointBuffer {
  private double[] xyz;
  private int size;

  /** An empty buffer with room for some points. */
  public PointBuffer(int expectedPoints) {
    xyz = new double[3 * Math.max(1, expectedPoints)];
  }

  /** Appends one point. */
  public void add(double x, double y, double z) {
    int base = 3 * size;
    if (base == xyz.length) {
      xyz = Arrays.copyOf(xyz, Math.multiplyExact(3, size + (size >> 1) + 1));
    }
    xyz[base] = x;
    xyz[base + 1] = y;
    xyz[base + 2] = z;
    size++;
  }

  /** Appends all points of another buffer. */
  public void addAll(PointBuffer other) {
    int grown = size + other.size;
    if (3 * grown > xyz.length) {
      xyz = Arrays.copyOf(xyz, Math.multiplyExact(3, Math.max(grown, size + (size >> 1))));
    }
    System.arraycopy(other.xyz, 0, xyz, 3 * size, 3 * other.size);
    size = grown;
  }

  /** Number of points. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  public double x(int index) {
    return xyz[3 * checked(index)];
  }

  public double y(int index) {
    return xyz[3 * checked(index) + 1];
  }

  public double z(int index) {
    return xyz[3 * checked(index) + 2];
  }

  /** x, y, z of all points in a new array. */
  public double[] toArray() {
    return Arrays.copyOf(xyz, 3 * size);
  }

  /**
   * The points themselves, for kernels of this package: values from {@code 3 * size()} are stale.
   */
  double[] array() {
    return xyz;
  }

  private int checked(int index) {
    return Objects.checkIndex(index, size);
  }
}
