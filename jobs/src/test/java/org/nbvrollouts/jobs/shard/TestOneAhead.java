package org.nbvrollouts.jobs.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TestOneAhead {
  @Test
  void valuesComeInTheOrderOfTheirKeys() throws InterruptedException {
    try (OneAhead<Integer, String> values = new OneAhead<>(List.of(3, 1, 2), String::valueOf)) {
      assertThat(values.next()).isEqualTo("3");
      assertThat(values.next()).isEqualTo("1");
      assertThat(values.next()).isEqualTo("2");
      assertThatThrownBy(values::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void nextIsLoadedWhileTheCallerIsBusyAndTheOneAfterItIsNot() throws InterruptedException {
    List<Integer> loaded = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch second = new CountDownLatch(1);
    try (OneAhead<Integer, Integer> values =
        new OneAhead<>(
            List.of(1, 2, 3),
            key -> {
              loaded.add(key);
              if (key == 2) {
                second.countDown();
              }
              return key;
            })) {
      values.next();
      second.await();
      assertThat(loaded).containsExactly(1, 2);
    }
  }

  @Test
  void failureIsThrownAtItsOwnTurn() throws InterruptedException {
    CountDownLatch failed = new CountDownLatch(1);
    try (OneAhead<Integer, Integer> values =
        new OneAhead<>(
            List.of(1, 2),
            key -> {
              if (key == 2) {
                failed.countDown();
                throw new IllegalStateException("no row " + key);
              }
              return key;
            })) {
      assertThat(values.next()).isEqualTo(1);
      failed.await();
      assertThatThrownBy(values::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no row 2");
    }
  }

  @Test
  void interruptedCallerDoesNotWait() throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    try (OneAhead<Integer, Integer> values =
        new OneAhead<>(
            List.of(1, 2),
            key -> {
              if (key == 2) {
                awaitUninterruptibly(never);
              }
              return key;
            })) {
      values.next();
      Thread.currentThread().interrupt();
      assertThatThrownBy(values::next).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    } finally {
      never.countDown();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError("the loading thread was interrupted", e);
    }
  }
}
