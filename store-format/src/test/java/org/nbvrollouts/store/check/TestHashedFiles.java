package org.nbvrollouts.store.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.StoreFile;
import org.nbvrollouts.store.zarr.StoreFiles;

class TestHashedFiles {
  private static final byte[] CONTENT = "of all bytes".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;
  private HashedFiles files;

  @BeforeEach
  void writeFile() throws IOException {
    Files.createDirectories(directory.resolve("steps/c"));
    Files.write(directory.resolve("steps/c/0"), CONTENT);
    Files.write(directory.resolve("never-read"), CONTENT);
    files = new HashedFiles(StoreFiles.local(directory));
  }

  @Test
  void hashIsThatOfTheBytesHandedOut() {
    assertThat(files.read("steps/c/0")).hasValue(CONTENT);
    assertThat(files.hashed())
        .containsExactly(
            new StoreFile("steps/c/0", CanonicalJson.sha256Hex(CONTENT), CONTENT.length));
  }

  @Test
  void partsHaveTheHashOfTheWholeFile() {
    assertThat(files.readRange("steps/c/0", 3, 3)).asString().isEqualTo("all");
    assertThat(files.hashed())
        .containsExactly(
            new StoreFile("steps/c/0", CanonicalJson.sha256Hex(CONTENT), CONTENT.length));
  }

  @Test
  void largeFilesAreHashedInPartsAsInOneGo() throws IOException {
    byte[] large = new byte[(4 << 20) + 1];
    large[4 << 20] = 1;
    Files.write(directory.resolve("large"), large);
    files.readRange("large", 0, 1);
    assertThat(files.hashed())
        .containsExactly(new StoreFile("large", CanonicalJson.sha256Hex(large), large.length));
  }

  @Test
  void missingFilesHaveNoHash() {
    assertThat(files.read("steps/c/1")).isEmpty();
    assertThat(files.hashed()).isEmpty();
  }

  @Test
  void fileThatChangesBetweenTwoReadsIsRefused() throws IOException {
    files.read("steps/c/0");
    Files.write(directory.resolve("steps/c/0"), "other bytes!".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> files.read("steps/c/0"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("Cannot seal store: a file changed while it was read (file=")
        .hasMessageContaining("steps/c/0, expected=" + CanonicalJson.sha256Hex(CONTENT));
  }
}
