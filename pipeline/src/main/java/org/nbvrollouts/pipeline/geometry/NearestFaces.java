package org.nbvrollouts.pipeline.geometry;

import java.util.Objects;

/**
 * For every point of a {@link PointBuffer} the face nearest to it and its squared distance, filled
 * by {@link PointMeshDistance#measure} and reused from buffer to buffer. Not thread-safe.
 */
public final class NearestFaces {
  double[] squared = new double[0];
  int[] faces = new int[0];
  private int size;

  /** Makes room for so many points, whose values are then undefined. */
  void resize(int newSize) {
    if (squared.length < newSize) {
      squared = new double[newSize];
      faces = new int[newSize];
    }
    size = newSize;
  }

  /** Number of points. */
  public int size() {
    return size;
  }

  /** Squared distance to the nearest face, m²; positive infinity for a mesh without faces. */
  public double squaredDistance(int point) {
    return squared[Objects.checkIndex(point, size)];
  }

  /** The nearest face, the lowest index of equally near ones, or {@link RayHit#MISS}. */
  public int face(int point) {
    return faces[Objects.checkIndex(point, size)];
  }
}
