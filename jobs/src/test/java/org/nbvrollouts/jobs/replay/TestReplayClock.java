package org.nbvrollouts.jobs.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TestReplayClock {
  private static final long SECOND = 1_000_000_000L;

  private final AtomicLong now = new AtomicLong();
  private final List<String> lines = new ArrayList<>();

  @Test
  void oneRolloutTellsItsPartsAndWhatIsLeft() {
    ReplayClock clock = new ReplayClock(1, now::get, lines::add);
    clock.begin(4);
    clock.doing("logged frames");
    now.set(10 * SECOND);
    clock.partDone();
    clock.doing("candidates at [3]");

    assertThat(lines)
        .containsExactly(
            "Rollout 1 of 1, part 1 of 4: logged frames",
            "Rollout 1 of 1, part 2 of 4, about 30.0 s left: candidates at [3]");
  }

  @Test
  void partsOfLaterRolloutsCountBesideWholeOnes() {
    ReplayClock clock = new ReplayClock(2, now::get, lines::add);
    clock.begin(4);
    clock.begin(2);
    now.set(30 * SECOND);
    clock.partDone();
    clock.doing("views");

    assertThat(lines).containsExactly("Rollout 2 of 2, part 2 of 2, about 10.0 s left: views");
  }
}
