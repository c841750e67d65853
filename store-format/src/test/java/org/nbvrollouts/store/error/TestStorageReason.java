package org.nbvrollouts.store.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestStorageReason {
  @TempDir Path folder;

  private static String reason(ThrowingCallable failing) {
    return StorageReason.of(catchThrowableOfType(IOException.class, failing));
  }

  @Test
  void whatTheDiskRefusesIsSaidInWords() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    Path absent = folder.resolve("absent");

    assertThat(reason(() -> Files.readAllBytes(absent))).isEqualTo("no such file or folder");
    assertThat(reason(() -> new FileInputStream(absent.toFile()).close()))
        .isEqualTo("no such file or folder");
    assertThat(reason(() -> Files.readAllBytes(folder))).isEqualTo("it is a folder");
    assertThat(reason(() -> Files.readAllBytes(file.resolve("below"))))
        .isEqualTo("a file stands where a folder belongs");
    assertThat(reason(() -> Files.createDirectory(file)))
        .isEqualTo("something stands there already");
    assertThat(reason(() -> Files.delete(folder))).isEqualTo("the folder is not empty");
  }

  @Test
  void neitherAPathNorAClassIsAReason() {
    assertThat(StorageReason.of(new AccessDeniedException("/data/plan")))
        .isEqualTo("permission denied");
    assertThat(StorageReason.of(new FileSystemException("/data", null, "No space left on device")))
        .isEqualTo("no space left on device");
    assertThat(StorageReason.of(new FileSystemException("/data")))
        .isEqualTo("the storage gave no reason");
    assertThat(StorageReason.of(new IOException("Connection reset"))).isEqualTo("connection reset");
    assertThat(StorageReason.withFile(new AccessDeniedException("/data/plan")))
        .isEqualTo("permission denied (file=/data/plan)");
  }
}
