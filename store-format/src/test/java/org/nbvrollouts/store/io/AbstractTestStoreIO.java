package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commit and status rely on, for every storage. */
public abstract class AbstractTestStoreIO {
  private static final int WRITERS = 16;
  private static final int ROUNDS = 10;
  private static final int LARGE_BYTES = 6 << 20;

  /** The storage under test. */
  protected abstract StoreIO io();

  /** A location that only this test uses and where nothing stands. */
  protected abstract StoreLocation root();

  @Test
  void absentFilesAndFoldersReadAsAbsent() throws IOException {
    assertThat(io().read(root().child("a"))).isEmpty();
    assertThat(io().list(root().child("a"))).isEqualTo(StoreListing.ABSENT);
  }

  @Test
  void aWriteIsReadBackAndReplaced() throws IOException {
    StoreLocation file = root().child("a/b/c.json");
    io().write(file, text("one"));
    io().write(file, text("second"));
    assertThat(io().read(file)).contains(text("second"));
    assertThat(io().readRange(file, 2, 3)).isEqualTo(text("con"));
    assertThat(io().readRange(file, 0, 6)).isEqualTo(text("second"));
    assertThat(io().readRange(file, 3, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"4, 100", "9, 1", "0, 7"})
  void aRangeBehindTheEndIsAnError(long offset, int length) throws IOException {
    StoreLocation file = root().child("short");
    io().write(file, text("second"));
    assertThatThrownBy(() -> io().readRange(file, offset, length))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("it ends too early (file=" + file);
  }

  @Test
  void aLocalFileIsWrittenAsItIs(@TempDir Path folder) throws IOException {
    byte[] content = new byte[LARGE_BYTES];
    new Random(7).nextBytes(content);
    Path local = Files.write(folder.resolve("local"), content);
    StoreLocation file = root().child("large/file");
    io().writeFile(file, local);
    assertThat(io().list(root().child("large")))
        .isEqualTo(
            StoreListing.folder(
                List.of(new StoreEntry("file", StoreEntry.Kind.FILE, content.length))));
    assertThat(io().readRange(file, 1, content.length - 1))
        .isEqualTo(Arrays.copyOfRange(content, 1, content.length));
    Files.writeString(local, "next");
    io().writeFile(file, local);
    assertThat(io().read(file)).contains(text("next"));
  }

  @Test
  void aFileIsCopiedToALocalOneAsItIs(@TempDir Path folder) throws IOException {
    byte[] content = new byte[LARGE_BYTES];
    new Random(11).nextBytes(content);
    Path local = Files.writeString(folder.resolve("local"), "before");
    io().write(root().child("copied/file"), content);
    assertThat(io().readFile(root().child("copied/file"), local)).isTrue();
    assertThat(local).hasBinaryContent(content);
    assertThat(io().readFile(root().child("copied/other"), local)).isFalse();
  }

  @Test
  void everyDirectChildIsVisited() throws IOException {
    io().write(root().child("visited/a/below"), text("1"));
    io().write(root().child("visited/b"), text("2"));
    List<String> names = new ArrayList<>();
    io().visitNames(root().child("visited"), names::add);
    assertThat(names).containsExactlyInAnyOrder("a", "b");
    io().visitNames(root().child("visited/b"), names::add);
    io().visitNames(root().child("absent"), names::add);
    assertThat(names).hasSize(2);
  }

  @Test
  void aTreeIsListedByRelativePath() throws IOException {
    io().write(root().child("t/b/y"), text("12"));
    io().write(root().child("t/b/x/z"), text("1"));
    io().write(root().child("t/a b"), text(""));
    io().write(root().child("t2/other"), text(""));
    assertThat(io().listTree(root().child("t")))
        .containsExactly(
            Map.entry("a b", new StoreEntry("a b", StoreEntry.Kind.FILE, 0)),
            Map.entry("b/x/z", new StoreEntry("z", StoreEntry.Kind.FILE, 1)),
            Map.entry("b/y", new StoreEntry("y", StoreEntry.Kind.FILE, 2)));
    assertThat(io().listTree(root().child("absent"))).isEmpty();
  }

  @Test
  void aTreeBelowAListedFolderIsTheSameTree() throws IOException {
    io().write(root().child("known/deep/x/z"), text("1"));
    io().write(root().child("known/file"), text("2"));
    io().write(root().child("flat/file"), text("3"));
    for (String name : List.of("known", "flat", "absent", "flat/file")) {
      StoreLocation folder = root().child(name);
      assertThat(io().listTree(folder, io().list(folder))).isEqualTo(io().listTree(folder));
    }
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    StoreLocation file = root().child("empty/file");
    io().write(file, new byte[0]);
    assertThat(io().read(file)).contains(new byte[0]);
    assertThat(io().createIfAbsent(file, text("x"))).isEqualTo(StoreIO.Creation.EXISTS);
    assertThat(io().read(file)).contains(new byte[0]);
  }

  @Test
  void aRangeOfAnAbsentFileIsAnError() {
    StoreLocation file = root().child("absent");
    assertThatThrownBy(() -> io().readRange(file, 0, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void aListingNamesDirectChildrenInOrder() throws IOException {
    io().write(root().child("f/b"), text("12"));
    io().write(root().child("f/a/x"), text("1"));
    io().write(root().child("f/B"), text(""));
    assertThat(io().list(root().child("f")))
        .isEqualTo(
            StoreListing.folder(
                List.of(
                    new StoreEntry("B", StoreEntry.Kind.FILE, 0),
                    new StoreEntry("a", StoreEntry.Kind.FOLDER, 0),
                    new StoreEntry("b", StoreEntry.Kind.FILE, 2))));
    assertThat(io().list(root().child("f/b")).kind()).isEqualTo(StoreListing.Kind.FILE);
  }

  @Test
  void aTakenNameIsNeverReplaced() throws IOException {
    StoreLocation file = root().child("s/marker");
    assertThat(io().createIfAbsent(file, text("first"))).isEqualTo(StoreIO.Creation.CREATED);
    assertThat(io().createIfAbsent(file, text("second"))).isEqualTo(StoreIO.Creation.EXISTS);
    assertThat(io().read(file)).contains(text("first"));
    assertThat(io().list(root().child("s")).entries()).hasSize(1);
  }

  @Test
  void amongManyCreatorsExactlyOneWins() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(WRITERS);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        StoreLocation file = root().child("race/" + round);
        CyclicBarrier start = new CyclicBarrier(WRITERS);
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
          byte[] content = text("writer " + writer);
          calls.add(
              () -> {
                start.await();
                boolean created = io().createIfAbsent(file, content) == StoreIO.Creation.CREATED;
                byte[] now = io().read(file).orElseThrow();
                return created && Arrays.equals(now, content);
              });
        }
        int winners = 0;
        for (Future<Boolean> call : pool.invokeAll(calls)) {
          winners += call.get() ? 1 : 0;
        }
        assertThat(winners).isEqualTo(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void aFolderIsNeverSaidToBeYoungerThanAFileThatWasWrittenLater() throws IOException {
    io().write(root().child("old/file"), text("x"));
    io().write(root().child("later"), text("x"));
    Instant later = io().modifiedAt(root().child("later")).orElseThrow();
    assertThat(io().modifiedAt(root().child("old/file")).orElseThrow()).isBeforeOrEqualTo(later);
    io().modifiedAt(root().child("old"))
        .ifPresent(time -> assertThat(time).isBeforeOrEqualTo(later));
    assertThat(io().modifiedAt(root().child("absent"))).isEmpty();
  }

  @Test
  void onlyAnEmptyFolderIsDeletedAsOne() throws IOException {
    StoreLocation folder = root().child("d");
    assertThat(io().deleteIfEmpty(folder)).isFalse();
    io().write(folder.child("e/f"), text("x"));
    assertThat(io().deleteIfEmpty(folder)).isFalse();
    assertThat(io().deleteIfEmpty(folder.child("e/f"))).isFalse();
    io().delete(folder.child("e"));
    io().deleteIfEmpty(folder);
    assertThat(io().list(folder)).isEqualTo(StoreListing.ABSENT);
  }

  @Test
  void deleteRemovesAFolderWithAllBelowItAndToleratesAbsence() throws IOException {
    io().write(root().child("d/a/b"), text("1"));
    io().write(root().child("keep"), text("1"));
    io().delete(root().child("d"));
    io().delete(root().child("d"));
    assertThat(io().list(root().child("d/a")).kind()).isEqualTo(StoreListing.Kind.ABSENT);
    assertThat(io().read(root().child("keep"))).isPresent();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
