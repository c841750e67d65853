package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.SimulatedCrash;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/** Stops one attempt at every operation it makes, then runs the entry again. */
class TestCrashSweep {
  private static final RolloutShardEntry ENTRY = CommitHarness.entry();
  private static final int FEWEST_OPERATIONS = 15;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "CRASH_BEFORE, false", "CRASH_AFTER, false", "FAIL_BEFORE, false", "FAIL_AFTER, false",
    "CRASH_BEFORE, true", "CRASH_AFTER, true", "FAIL_BEFORE, true", "FAIL_AFTER, true"
  })
  void whereverAnAttemptStopsTheNextOneLeavesOneCommit(FaultPlan.Kind kind, boolean pointer)
      throws IOException {
    int operations = operationsOfAWholeBuild(pointer);
    assertThat(operations).isGreaterThan(FEWEST_OPERATIONS);
    for (int number = 1; number <= operations; number++) {
      CommitHarness harness = harness(kind + "-" + pointer + "-" + number, pointer);
      FaultPlan plan = FaultPlan.at(kind, number);
      stop(harness, plan);
      String place = kind + " at " + number + ", " + plan.fired().orElse("nothing fired");
      assertThat(plan.fired()).as(place).isPresent();
      assertThat(marksOnlyWhatVerifies(harness)).as(place).isTrue();

      RolloutShardRunResult second = harness.run(ENTRY);
      assertThat(second).as(place).isInstanceOf(RolloutShardRunResult.Finished.class);
      assertThat(harness.verify(ENTRY).findings()).as(place).isEmpty();
      assertThat(harness.verify(ENTRY).isCurrent()).as(place).isTrue();
      assertThat(leftovers(harness)).as(place).isSubsetOf(allowedLeftovers(pointer));
      assertThat(harness.run(ENTRY).outcome()).as(place).isEqualTo(AttemptOutcome.SKIPPED_CURRENT);
    }
  }

  private int operationsOfAWholeBuild(boolean pointer) {
    FaultPlan counting = FaultPlan.none();
    assertThat(harness("count-" + pointer, pointer).run(ENTRY, counting).outcome())
        .isEqualTo(AttemptOutcome.COMMITTED);
    return counting.operations().size();
  }

  private static void stop(CommitHarness harness, FaultPlan plan) {
    try {
      harness.run(ENTRY, plan);
    } catch (SimulatedCrash expected) {
      assertThat(expected).hasMessageStartingWith("stopped at ");
    }
  }

  private static boolean marksOnlyWhatVerifies(CommitHarness harness) throws IOException {
    return !harness.isMarked(ENTRY) || harness.verify(ENTRY).isCurrent();
  }

  /** What a dead attempt may leave in the final root until it is collected. */
  private static List<String> allowedLeftovers(boolean pointer) {
    return pointer
        ? List.of(ENTRY.shardId(), "_FAILED")
        : List.of(ENTRY.shardId(), CampaignLayout.ATTEMPTS_NAME, "_FAILED");
  }

  private static List<String> leftovers(CommitHarness harness) throws IOException {
    return harness.io().list(harness.layout().finalRoot()).entries().stream()
        .map(entry -> entry.name().startsWith("_FAILED.") ? "_FAILED" : entry.name())
        .toList();
  }

  private CommitHarness harness(String name, boolean pointer) {
    CommitHarness harness = new CommitHarness(StoreLocation.of(folder.resolve(name)));
    return pointer ? harness.withPointerPublish() : harness;
  }
}
