package org.nbvrollouts.jobs.picture;

import java.awt.image.BufferedImage;

/**
 * A depth image in colours that span its own depths.
 *
 * @param image one pixel per depth
 * @param nearMetres least depth, infinite if nothing was measured
 * @param farMetres largest depth, 0 if nothing was measured
 */
record ColouredDepth(BufferedImage image, double nearMetres, double farMetres) {

  /** Depth of a pixel, metres; NaN where nothing was measured. */
  interface Depths {
    double metres(int row, int column);
  }

  static ColouredDepth of(int width, int height, Depths depths) {
    double near = Double.POSITIVE_INFINITY;
    double far = 0;
    for (int pixel = 0; pixel < width * height; pixel++) {
      double metres = depths.metres(pixel / width, pixel % width);
      if (!Double.isNaN(metres)) {
        near = Math.min(near, metres);
        far = Math.max(far, metres);
      }
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int pixel = 0; pixel < width * height; pixel++) {
      double metres = depths.metres(pixel / width, pixel % width);
      image.setRGB(
          pixel % width,
          pixel / width,
          Double.isNaN(metres) ? DepthColours.NOT_MEASURED : DepthColours.of(metres, near, far));
    }
    return new ColouredDepth(image, near, far);
  }

  boolean isEmpty() {
    return nearMetres > farMetres;
  }
}
