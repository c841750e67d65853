package org.nbvrollouts.store.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What commit and status rely on, for every storage. */
public abstract class AbstractTestStoreIO {
  private static final int WRITERS = 8;

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
    assertThat(io().readRange(file, 4, 100)).isEqualTo(text("nd"));
    assertThat(io().readRange(file, 9, 1)).isEmpty();
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
      for (int round = 0; round < 20; round++) {
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
                return created && java.util.Arrays.equals(now, content);
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
