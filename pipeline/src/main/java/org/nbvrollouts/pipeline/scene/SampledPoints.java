package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;
import java.util.Optional;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.SparsePoints;

/** Sparse points while they are collected, with the face each one was seen on. */
final class SampledPoints {
  private float[] coordinates = new float[3 * 1024];
  private float[] inverseDistanceStd = new float[1024];
  private int[] frames = new int[1024];
  private int[] faces = new int[1024];
  private int size;

  void add(double x, double y, double z, double std, int frame, int face) {
    if (size == frames.length) {
      coordinates = Arrays.copyOf(coordinates, 6 * size);
      inverseDistanceStd = Arrays.copyOf(inverseDistanceStd, 2 * size);
      frames = Arrays.copyOf(frames, 2 * size);
      faces = Arrays.copyOf(faces, 2 * size);
    }
    coordinates[3 * size] = (float) x;
    coordinates[3 * size + 1] = (float) y;
    coordinates[3 * size + 2] = (float) z;
    inverseDistanceStd[size] = (float) std;
    frames[size] = frame;
    faces[size++] = face;
  }

  int size() {
    return size;
  }

  int face(int point) {
    return faces[point];
  }

  /** The points of frames {@code first} … {@code first + count − 1}, frames counted from 0. */
  SampledPoints between(int first, int count) {
    SampledPoints part = new SampledPoints();
    for (int i = 0; i < size; i++) {
      if (frames[i] >= first && frames[i] < first + count) {
        part.add(
            coordinates[3 * i],
            coordinates[3 * i + 1],
            coordinates[3 * i + 2],
            inverseDistanceStd[i],
            frames[i] - first,
            faces[i]);
      }
    }
    return part;
  }

  SparsePoints toSparsePoints() {
    return new SparsePoints(
        PointCloud.of(Arrays.copyOf(coordinates, 3 * size)),
        Optional.of(FloatColumn.of(Arrays.copyOf(inverseDistanceStd, size))),
        Optional.of(IntColumn.of(Arrays.copyOf(frames, size))));
  }
}
