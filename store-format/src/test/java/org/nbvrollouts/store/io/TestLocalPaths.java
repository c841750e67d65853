package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestLocalPaths {
  @TempDir Path temporary;
  private Path root;
  private Path folder;
  private Path elsewhere;

  @BeforeEach
  void makeFolders() throws IOException {
    root = temporary.toRealPath();
    folder = Files.createDirectories(root.resolve("folder/below")).getParent();
    elsewhere = Files.createDirectory(root.resolve("elsewhere"));
  }

  @Test
  void aPathLiesInItselfAndInWhatIsAbove() throws IOException {
    assertThat(LocalPaths.isWithin(folder, folder)).isTrue();
    assertThat(LocalPaths.isWithin(folder.resolve("below/not/there"), folder)).isTrue();
    assertThat(LocalPaths.isWithin(elsewhere.resolve("../folder/new"), folder)).isTrue();
    assertThat(LocalPaths.isWithin(root, folder)).isFalse();
    assertThat(LocalPaths.isWithin(root.resolve("folder2"), folder)).isFalse();
    assertThat(LocalPaths.isWithin(elsewhere, folder)).isFalse();
  }

  @Test
  void aLinkIntoTheFolderAndOneOutOfItLieInIt() throws IOException {
    Path into = Files.createSymbolicLink(elsewhere.resolve("into"), folder.resolve("below"));
    Path outOf = Files.createSymbolicLink(folder.resolve("out"), elsewhere);
    assertThat(LocalPaths.isWithin(into.resolve("new"), folder)).isTrue();
    assertThat(LocalPaths.isWithin(outOf.resolve("new"), folder)).isTrue();
    assertThat(
            LocalPaths.isWithin(
                folder.resolve("x"), Files.createSymbolicLink(root.resolve("alias"), folder)))
        .isTrue();
    assertThat(LocalPaths.real(into.resolve("a/b"))).isEqualTo(folder.resolve("below/a/b"));
  }

  @Test
  void aFolderThatIsNotThereHoldsWhatWouldBeBelow() throws IOException {
    Path later = root.resolve("later");
    assertThat(LocalPaths.isWithin(later.resolve("report.json"), later)).isTrue();
    assertThat(LocalPaths.isWithin(root.resolve("report.json"), later)).isFalse();
  }
}
