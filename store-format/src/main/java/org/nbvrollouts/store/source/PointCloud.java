package org.nbvrollouts.store.source;

/** Finite points in world metres, float32, in source order. Immutable. */
public final class PointCloud {
  public static final PointCloud EMPTY = new PointCloud(new float[0]);

  private final float[] coordinates;

  private PointCloud(float[] coordinates) {
    this.coordinates = coordinates;
  }

  /** Copies x, y, z per point; every value must be finite. */
  public static PointCloud of(float[] coordinates) {
    if (coordinates.length % 3 != 0) {
      throw new IllegalArgumentException(
          "Invalid point cloud: "
              + coordinates.length
              + " coordinate values (expected a multiple of 3)");
    }
    for (int i = 0; i < coordinates.length; i++) {
      if (!Float.isFinite(coordinates[i])) {
        throw new IllegalArgumentException(
            "Invalid point cloud: point "
                + i / 3
                + " is not finite (value="
                + coordinates[i]
                + ")");
      }
    }
    return new PointCloud(coordinates.clone());
  }

  public int size() {
    return coordinates.length / 3;
  }

  public float x(int point) {
    return coordinates[3 * point];
  }

  public float y(int point) {
    return coordinates[3 * point + 1];
  }

  public float z(int point) {
    return coordinates[3 * point + 2];
  }

  /** A copy of the coordinates: x, y, z per point. */
  public float[] copyCoordinates() {
    return coordinates.clone();
  }
}
