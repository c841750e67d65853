package org.nbvrollouts.pipeline.render;

import java.util.Arrays;
import org.nbvrollouts.pipeline.geometry.RayHit;

/**
 * Depth, face and validity per pixel, row by row from the top left; reused from view to view. Not
 * thread-safe.
 */
public final class DepthImage {
  /** Depth of a pixel whose ray hits nothing. */
  public static final double MISS_DEPTH = -1;

  private final int width;
  private final int height;
  private final double[] depth;
  private final int[] face;
  private final boolean[] valid;

  /** An image without hits. */
  public DepthImage(int width, int height) {
    this.width = width;
    this.height = height;
    depth = new double[Math.multiplyExact(width, height)];
    face = new int[depth.length];
    valid = new boolean[depth.length];
    clear();
  }

  void clear() {
    Arrays.fill(depth, MISS_DEPTH);
    Arrays.fill(face, RayHit.MISS);
    Arrays.fill(valid, false);
  }

  void set(int row, int column, double newDepth, int newFace, boolean isValid) {
    int pixel = row * width + column;
    depth[pixel] = newDepth;
    face[pixel] = newFace;
    valid[pixel] = isValid;
  }

  /** Columns. */
  public int width() {
    return width;
  }

  /** Rows. */
  public int height() {
    return height;
  }

  /**
   * Depth along the viewing axis in metres, or {@link #MISS_DEPTH}; may be beyond the far bound.
   */
  public double depth(int row, int column) {
    return depth[row * width + column];
  }

  /** Face seen by a pixel, or {@link RayHit#MISS}. */
  public int face(int row, int column) {
    return face[row * width + column];
  }

  /** True if the pixel has a depth strictly between 1.01·near and 0.99·far. */
  public boolean isValid(int row, int column) {
    return valid[row * width + column];
  }

  /** Number of valid pixels. */
  public int validCount() {
    int count = 0;
    for (boolean isValid : valid) {
      count += isValid ? 1 : 0;
    }
    return count;
  }
}
