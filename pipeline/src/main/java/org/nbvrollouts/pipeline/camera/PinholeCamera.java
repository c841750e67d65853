package org.nbvrollouts.pipeline.camera;

import org.nbvrollouts.store.source.CameraCalibration;

/**
 * Ideal camera that candidate views are rendered with (specification generation 2.2 and 5). Its
 * frame is x left, y up, z forward; image column i grows to the right and row j downwards, and the
 * ray of a pixel leaves through (i + 0.5, j + 0.5).
 *
 * @param width columns
 * @param height rows
 * @param fx focal length in pixels along a row
 * @param fy focal length in pixels along a column
 * @param cx principal point, columns
 * @param cy principal point, rows
 */
public record PinholeCamera(int width, int height, double fx, double fy, double cx, double cy) {

  public PinholeCamera {
    if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "Invalid camera size: " + width + " × " + height + " (expected at least 1 × 1)");
    }
    if (!(fx > 0 && fy > 0) || !Double.isFinite(fx + fy + cx + cy)) {
      throw new IllegalArgumentException(
          "Invalid camera: focal length ("
              + fx
              + ", "
              + fy
              + "), principal point ("
              + cx
              + ", "
              + cy
              + ") (expected finite values and positive focal lengths)");
    }
  }

  /**
   * Size, focal length and principal point of a record; distortion and valid radius are ignored.
   */
  public static PinholeCamera of(CameraCalibration calibration) {
    return new PinholeCamera(
        (int) calibration.width(),
        (int) calibration.height(),
        calibration.focalX(),
        calibration.focalY(),
        calibration.principalX(),
        calibration.principalY());
  }

  /** The camera at another image size: with s the ratio of sizes, c' = (c + 0.5)·s − 0.5. */
  public PinholeCamera resized(int newWidth, int newHeight) {
    double scaleX = (double) newWidth / width;
    double scaleY = (double) newHeight / height;
    return new PinholeCamera(
        newWidth,
        newHeight,
        fx * scaleX,
        fy * scaleY,
        (cx + 0.5) * scaleX - 0.5,
        (cy + 0.5) * scaleY - 0.5);
  }

  /** The camera at {@code int(size · resolutionScale)} pixels. */
  public PinholeCamera scaled(double resolutionScale) {
    return resized((int) (width * resolutionScale), (int) (height * resolutionScale));
  }

  /** First component of the ray of a column in the camera frame; the third component is 1. */
  public double rayX(int column) {
    return -(column + 0.5 - cx) / fx;
  }

  /** Second component of the ray of a row in the camera frame; the third component is 1. */
  public double rayY(int row) {
    return -(row + 0.5 - cy) / fy;
  }
}
