package org.nbvrollouts.jobs.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.WholeFile;

/** Writes pictures. */
final class PngFile {
  private PngFile() {}

  /** Writes a PNG and the folders it needs; what stood there before stays if that fails. */
  static void write(BufferedImage picture, Path file) {
    try {
      // In memory first: of a full disk the image library says no more than "I/O error".
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      ImageIO.write(picture, "png", png);
      WholeFile.write(file, png::writeTo);
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write picture: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
  }
}
