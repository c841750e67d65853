package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLocalStoreIO extends AbstractTestStoreIO {
  @TempDir private Path folder;
  private final StoreIO io = new LocalStoreIO(Durability.FORCED);

  @Override
  protected StoreIO io() {
    return io;
  }

  @Override
  protected StoreLocation root() {
    return StoreLocation.of(folder.resolve("a folder"));
  }

  @Test
  void linksAreListedAsOtherAndNeverFollowedByDelete() throws IOException {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.writeString(outside.resolve("precious"), "1");
    Path inside = Files.createDirectories(root().localPath());
    Files.createSymbolicLink(inside.resolve("link"), outside);
    assertThat(io.list(root()).entries())
        .containsExactly(new StoreEntry("link", StoreEntry.Kind.OTHER, 0));
    io.delete(root());
    assertThat(outside.resolve("precious")).exists();
    assertThat(inside).doesNotExist();
  }

  @Test
  void theContentOfAPrivateFileBecomesAsReadableAsAnyOther() throws IOException {
    Path temporary = Files.createTempFile(folder, "draft", ".jsonl");
    io.write(root().child("written"), new byte[1]);
    io.writeFile(root().child("copied"), temporary);
    assertThat(Files.getPosixFilePermissions(root().child("copied").localPath()))
        .isEqualTo(Files.getPosixFilePermissions(root().child("written").localPath()))
        .isNotEqualTo(Files.getPosixFilePermissions(temporary));
  }

  @Test
  void aFailedWriteLeavesNoScratch() throws IOException {
    StoreLocation target = root().child("x");
    Files.createDirectories(target.localPath().resolve("child"));
    assertThatThrownBy(() -> io.write(target, new byte[1]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("x");
    assertThat(io.list(root()).entries())
        .containsExactly(new StoreEntry("x", StoreEntry.Kind.FOLDER, 0));
  }
}
