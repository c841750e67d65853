package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLocalDisk {
  @TempDir Path root;

  @Test
  void forcesTreesOfManyFilesAndEmptyOnes() throws IOException {
    for (int i = 0; i < 40; i++) {
      Files.createDirectories(root.resolve("group" + i % 5 + "/array" + i));
      Files.writeString(root.resolve("group" + i % 5 + "/array" + i + "/0"), "chunk");
    }
    Path empty = Files.createDirectory(root.resolve("empty"));
    assertThatCode(() -> LocalDisk.forceTree(root)).doesNotThrowAnyException();
    assertThatCode(() -> LocalDisk.forceTree(empty)).doesNotThrowAnyException();
  }

  @Test
  void missingTreeIsAnError() {
    assertThatThrownBy(() -> LocalDisk.forceTree(root.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void interruptedCallerIsToldAndStaysInterrupted() throws IOException {
    Files.writeString(root.resolve("file"), "chunk");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> LocalDisk.forceTree(root))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage("Cannot force files to disk: interrupted");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
