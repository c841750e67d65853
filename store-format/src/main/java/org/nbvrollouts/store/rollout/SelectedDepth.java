package org.nbvrollouts.store.rollout;

/**
 * Depth image seen from a selected pose: z-depth in metres along the optical axis, row-major, v
 * down, pixel (0,0) top left. Immutable.
 */
public final class SelectedDepth {
  private final int width;
  private final int height;
  private final float[] depthMetres;
  private final boolean[] valid;
  private final double focalX;
  private final double focalY;
  private final double principalX;
  private final double principalY;

  /**
   * Copies the rasters.
   *
   * @param depthMetres height × width values; ignored where {@code valid} is false
   * @param focalX pixels of this image, like the other intrinsics
   */
  public SelectedDepth(
      int width,
      int height,
      float[] depthMetres,
      boolean[] valid,
      double focalX,
      double focalY,
      double principalX,
      double principalY) {
    if (width < 1
        || height < 1
        || depthMetres.length != width * height
        || valid.length != width * height) {
      throw new IllegalArgumentException(
          "Invalid selected depth: "
              + depthMetres.length
              + " depth and "
              + valid.length
              + " mask values (expected "
              + width
              + " × "
              + height
              + " each)");
    }
    this.width = width;
    this.height = height;
    this.depthMetres = depthMetres.clone();
    this.valid = valid.clone();
    this.focalX = focalX;
    this.focalY = focalY;
    this.principalX = principalX;
    this.principalY = principalY;
  }

  public int width() {
    return width;
  }

  public int height() {
    return height;
  }

  /** Depth of pixel {@code row * width + column}, metres. */
  public float depthMetres(int pixel) {
    return depthMetres[pixel];
  }

  /** True if the pixel holds a measurement. */
  public boolean isValid(int pixel) {
    return valid[pixel];
  }

  public double focalX() {
    return focalX;
  }

  public double focalY() {
    return focalY;
  }

  public double principalX() {
    return principalX;
  }

  public double principalY() {
    return principalY;
  }
}
