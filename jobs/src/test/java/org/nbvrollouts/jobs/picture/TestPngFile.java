package org.nbvrollouts.jobs.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.EnvironmentException;

class TestPngFile {
  @TempDir Path folder;

  private final BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);

  @Test
  void aPictureMakesTheFolderItNeeds() throws IOException {
    Path file = folder.resolve("new/views.png");
    PngFile.write(picture, file);
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(3);
  }

  @Test
  void aPictureThatCannotBeWrittenIsOneError() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x").resolve("views.png");
    assertThatThrownBy(() -> PngFile.write(picture, file))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("Cannot write picture: something stands there already (file=")
        .hasMessageEndingWith("(file=" + file + ")");
  }
}
