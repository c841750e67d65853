package org.nbvrollouts.store.zarr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class TestAllCores {
  @Test
  void everyPieceIsDoneOnceAlsoInNestedCalls() {
    AtomicIntegerArray done = new AtomicIntegerArray(40 * 30);

    AllCores.forEach(
        40, outer -> AllCores.forEach(30, inner -> done.incrementAndGet(30 * outer + inner)));
    AllCores.forEach(0, piece -> done.incrementAndGet(0));

    for (int piece = 0; piece < done.length(); piece++) {
      assertThat(done.get(piece)).as("piece %d", piece).isEqualTo(1);
    }
  }

  @Test
  void theFailureOfTheFirstPieceIsThrownAndTheRestIsLeft() {
    AtomicIntegerArray done = new AtomicIntegerArray(100_000);

    assertThatThrownBy(
            () ->
                AllCores.forEach(
                    done.length(),
                    piece -> {
                      done.incrementAndGet(piece);
                      if (piece >= 10) {
                        throw new IllegalStateException("piece " + piece);
                      }
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("piece 10");

    assertThat(done.get(done.length() - 1)).isZero();
  }
}
