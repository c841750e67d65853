package org.nbvrollouts.store.audit;

import org.nbvrollouts.store.table.TypedArray;

/**
 * A stored depth image with its mask and its camera. A pixel counts as measured if the mask says so
 * and its depth, in metres, is finite.
 */
final class DepthImage {
  private final TypedArray depth;
  private final TypedArray mask;
  private final int height;
  private final int width;
  private final Camera camera;

  /** Intrinsics in pixels of the stored size. */
  record Camera(double focalX, double focalY, double principalX, double principalY) {}

  /** Takes arrays of one row: {@code [1, height, width]}. */
  DepthImage(TypedArray depth, TypedArray mask, Camera camera) {
    this.depth = depth;
    this.mask = mask;
    this.height = depth.length(1);
    this.width = depth.length(2);
    this.camera = camera;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  Camera camera() {
    return camera;
  }

  boolean isValid(int y, int x) {
    return mask.booleanAt(y * width + x);
  }

  /** Depth of a pixel in metres; NaN if it is not valid or not finite. */
  float metres(int y, int x) {
    float metres = depth.floatAt(y * width + x);
    return isValid(y, x) && Float.isFinite(metres) ? metres : Float.NaN;
  }

  /** Counts and range over the whole image. */
  Statistics statistics() {
    long valid = 0;
    long finite = 0;
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        valid += isValid(y, x) ? 1 : 0;
        double metres = metres(y, x);
        if (!Double.isNaN(metres)) {
          finite++;
          sum += metres;
          least = Math.min(least, metres);
          most = Math.max(most, metres);
        }
      }
    }
    return new Statistics((long) height * width, valid, finite, least, sum / finite, most);
  }

  /**
   * What an image holds. Without a measured pixel, depths are not finite.
   *
   * @param valid pixels that the mask keeps
   * @param finite those of them with a finite depth
   */
  record Statistics(long pixels, long valid, long finite, double least, double mean, double most) {}
}
