package org.nbvrollouts.jobs.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;

/** Writes pictures. */
final class PngFile {
  private PngFile() {}

  /** Writes a PNG and the folders it needs; the image library would print a trace of its own. */
  static void write(BufferedImage picture, Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (OutputStream out = Files.newOutputStream(file)) {
        ImageIO.write(picture, "png", out);
      }
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot write picture: " + StorageReason.of(e) + " (file=" + file + ")", e);
    }
  }
}
