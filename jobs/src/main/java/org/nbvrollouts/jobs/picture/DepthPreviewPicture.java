package org.nbvrollouts.jobs.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import org.nbvrollouts.store.audit.SelectedDepthPreview;

/**
 * A depth preview as an 8-bit grey PNG: the nearest pixel is white, the farthest black, and what is
 * not measured is transparent.
 */
public final class DepthPreviewPicture {
  private static final int WHITE = 255;
  private static final int OPAQUE = 255;

  private DepthPreviewPicture() {}

  /**
   * Writes the picture.
   *
   * @param preview one that has an image
   */
  public static void write(SelectedDepthPreview preview, Path file) {
    PngFile.write(image(preview), file);
  }

  static BufferedImage image(SelectedDepthPreview preview) {
    ColorModel greyAndAlpha =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            true,
            false,
            Transparency.TRANSLUCENT,
            DataBuffer.TYPE_BYTE);
    WritableRaster pixels =
        greyAndAlpha.createCompatibleWritableRaster(preview.width(), preview.height());
    float nearest = Float.POSITIVE_INFINITY;
    float farthest = Float.NEGATIVE_INFINITY;
    for (int y = 0; y < preview.height(); y++) {
      for (int x = 0; x < preview.width(); x++) {
        float metres = preview.metres(y, x);
        nearest = metres < nearest ? metres : nearest;
        farthest = metres > farthest ? metres : farthest;
      }
    }
    float range = farthest > nearest ? farthest - nearest : 1;
    for (int y = 0; y < preview.height(); y++) {
      for (int x = 0; x < preview.width(); x++) {
        float metres = preview.metres(y, x);
        if (!Float.isNaN(metres)) {
          pixels.setSample(x, y, 0, WHITE - Math.round(WHITE * (metres - nearest) / range));
          pixels.setSample(x, y, 1, OPAQUE);
        }
      }
    }
    return new BufferedImage(greyAndAlpha, pixels, false, null);
  }
}
