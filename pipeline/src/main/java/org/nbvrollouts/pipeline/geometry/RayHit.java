package org.nbvrollouts.pipeline.geometry;

/**
 * Result of one ray, reused from ray to ray. Without a hit the face is {@link #MISS} and the ray
 * parameter positive infinity. Not thread-safe.
 */
public final class RayHit {
  /** Face of a ray that hits nothing. */
  public static final int MISS = -1;

  private int face = MISS;
  private double t = Double.POSITIVE_INFINITY;

  /** Index of the face in the mesh, or {@link #MISS}. */
  public int face() {
    return face;
  }

  /** Ray parameter in multiples of the direction vector: the hit lies at origin + t·direction. */
  public double t() {
    return t;
  }

  /** True if the last ray hit nothing. */
  public boolean isMiss() {
    return face == MISS;
  }

  void set(int newFace, double newT) {
    face = newFace;
    t = newT;
  }
}
