package org.nbvrollouts.jobs.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.commit.AttemptOutcome;

class TestRunTally {
  private static final String OURS = "a7-0123456789ab";
  private static final String THEIRS = "a7-ba9876543210";

  private final RunTally tally = new RunTally(OURS::equals);

  private long count(AttemptOutcome outcome) {
    return tally.result(Optional.empty(), false, 0).count(outcome);
  }

  @Test
  void whatARepeatedTaskFoundCommittedByTheSameRunIsBuiltNow() {
    tally.add(Results.committedBy(OURS, AttemptOutcome.SKIPPED_CURRENT));
    tally.add(Results.committedBy(OURS, AttemptOutcome.LOST_RACE));
    tally.add(Results.committedBy(OURS, AttemptOutcome.COMMITTED));
    assertThat(count(AttemptOutcome.COMMITTED)).isEqualTo(3);
    assertThat(count(AttemptOutcome.SKIPPED_CURRENT)).isZero();
    assertThat(count(AttemptOutcome.LOST_RACE)).isZero();
  }

  @Test
  void whatOtherRunsCommittedIsNot() {
    tally.add(Results.committedBy(THEIRS, AttemptOutcome.SKIPPED_CURRENT));
    tally.add(Results.committedBy(THEIRS, AttemptOutcome.LOST_RACE));
    assertThat(count(AttemptOutcome.COMMITTED)).isZero();
    assertThat(count(AttemptOutcome.SKIPPED_CURRENT)).isEqualTo(1);
    assertThat(count(AttemptOutcome.LOST_RACE)).isEqualTo(1);
  }

  @Test
  void aCommitThatARunCompletedForADeadAttemptIsItsOwn() {
    tally.add(Results.committedBy(THEIRS, AttemptOutcome.COMMITTED));
    assertThat(count(AttemptOutcome.COMMITTED)).isEqualTo(1);
  }
}
