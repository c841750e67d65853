package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.FaultPlan.Kind;
import org.nbvrollouts.store.io.SimulatedCrash;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * Breaks one attempt at every operation it makes, in every way, then runs the entry again: there is
 * one commit, it verifies, and nothing is left that no specification allows.
 *
 * @param every breaks each of so many operations; 1 breaks them all
 */
record CrashSweep(CommitStorage storage, PublishForm form, int every) {
  private static final RolloutShardEntry ENTRY = CommitHarness.entry();
  private static final int FEWEST_OPERATIONS = 16;

  /** What happens while an operation is delayed. */
  private enum Delay {
    NONE,
    /** Another attempt does all of its work. */
    OVERTAKEN,
    /** The deadline passes. */
    EXPIRED
  }

  /** Breaks everything; returns a line for people. */
  String run() throws IOException {
    int operations = operationsOfAWholeBuild();
    assertThat(operations).isGreaterThan(FEWEST_OPERATIONS);
    Map<Kind, Integer> fired = new EnumMap<>(Kind.class);
    Map<String, Integer> firstOutcomes = new TreeMap<>();
    int broken = 0;
    for (Kind kind : Kind.values()) {
      for (Delay delay : delaysOf(kind)) {
        // A sample takes other operations for each kind, so that together they are most.
        for (int number = 1 + broken % every; number <= operations; number += every) {
          broken++;
          String outcome = sweepOne(kind, delay, number);
          fired.merge(kind, 1, Integer::sum);
          firstOutcomes.merge(outcome, 1, Integer::sum);
        }
      }
    }
    int count = fired.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(count).as("faults that fired").isEqualTo(broken);
    if (every == 1) {
      assertThat(count).isEqualTo(operations * (2 + 2 + 2 * (Delay.values().length - 1)));
    }
    return "Crash sweep on %s by %s: %d operations, %d faults fired %s, %d ended in one commit; %s"
        .formatted(storage.name(), form, operations, count, fired, count, firstOutcomes);
  }

  private static List<Delay> delaysOf(Kind kind) {
    return switch (kind) {
      case NONE -> List.of();
      case CRASH_BEFORE, CRASH_AFTER, FAIL_BEFORE, FAIL_AFTER -> List.of(Delay.NONE);
      case DELAY_BEFORE, DELAY_AFTER -> List.of(Delay.OVERTAKEN, Delay.EXPIRED);
    };
  }

  private int operationsOfAWholeBuild() {
    FaultPlan counting = FaultPlan.none();
    assertThat(storage.campaign(form).run(ENTRY, counting).outcome())
        .isEqualTo(AttemptOutcome.COMMITTED);
    return counting.operations().size();
  }

  /** Returns how the broken attempt ended. */
  private String sweepOne(Kind kind, Delay delay, int number) throws IOException {
    CommitHarness harness = storage.campaign(form);
    List<RolloutShardRunResult> other = new ArrayList<>();
    FaultPlan plan = FaultPlan.at(kind, number, () -> meanwhile(harness, delay, other));
    String outcome = runBroken(harness, plan);
    String place = "%s %s at %d, %s: %s".formatted(kind, delay, number, plan.fired(), outcome);
    assertThat(plan.fired()).as(place).isPresent();
    assertThat(!harness.isMarked(ENTRY) || harness.verify(ENTRY).isCurrent()).as(place).isTrue();
    if (delay == Delay.OVERTAKEN) {
      assertThat(other).as(place).hasSize(1);
      assertThat(other.get(0)).as(place).isInstanceOf(RolloutShardRunResult.Finished.class);
    }
    if (!kind.isCrash()) {
      // A process that lives removes its files, unless they may be what a marker names, or unless
      // it was removing them that failed.
      String operation = plan.fired().orElseThrow();
      boolean mayLeave = operation.startsWith("delete ") || outcome.contains("S7");
      assertThat(mayLeave ? List.of() : privateFiles(harness)).as(place).isEmpty();
    }

    RolloutShardRunResult second = harness.run(ENTRY);
    assertThat(second).as(place).isInstanceOf(RolloutShardRunResult.Finished.class);
    assertCommitted(harness, place);
    assertThat(harness.run(ENTRY).outcome()).as(place).isEqualTo(AttemptOutcome.SKIPPED_CURRENT);
    collect(harness);
    assertThat(privateFiles(harness)).as(place).isEmpty();
    assertCommitted(harness, place);
    return outcome;
  }

  private static void meanwhile(
      CommitHarness harness, Delay delay, List<RolloutShardRunResult> results) {
    if (delay == Delay.OVERTAKEN) {
      results.add(harness.run(ENTRY));
    } else {
      harness.passTime(CommitHarness.DEADLINE.plusSeconds(1));
    }
  }

  private static String runBroken(CommitHarness harness, FaultPlan plan) {
    try {
      RolloutShardRunResult result = harness.run(ENTRY, plan);
      return result instanceof RolloutShardRunResult.Unfinished unfinished
          ? result.outcome().text() + " at " + unfinished.failure().stage()
          : result.outcome().text();
    } catch (SimulatedCrash expected) {
      assertThat(expected).hasMessageStartingWith("stopped at ");
      return "died";
    }
  }

  private static void assertCommitted(CommitHarness harness, String place) throws IOException {
    assertThat(harness.isMarked(ENTRY)).as(place).isTrue();
    ShardEvidence evidence = harness.verify(ENTRY);
    assertThat(evidence.findings()).as(place).isEmpty();
    assertThat(evidence.isCurrent()).as(place).isTrue();
    assertThat(strangers(harness)).as(place).isEmpty();
  }

  /** Files in the final root that neither belong to the shard nor tell of an attempt. */
  private static List<String> strangers(CommitHarness harness) throws IOException {
    return paths(harness).stream()
        .filter(path -> !path.startsWith(ENTRY.shardId() + "/"))
        .filter(path -> !path.startsWith(CampaignLayout.ATTEMPTS_NAME + "/" + ENTRY.shardId()))
        .filter(path -> !path.startsWith("_FAILED." + ENTRY.shardId() + "."))
        .toList();
  }

  /** Files of attempts that no marker names. */
  private static List<String> privateFiles(CommitHarness harness) throws IOException {
    String committed =
        harness
            .verify(ENTRY)
            .owner()
            .map(owner -> ENTRY.shardId() + "/" + owner.origin().attemptId() + "/")
            .orElse("none");
    return paths(harness).stream()
        .filter(path -> path.matches("(_attempts/)?shard-[0-9]+/a[0-9]+-[0-9a-f]+/.*"))
        .filter(path -> !path.startsWith(committed))
        .toList();
  }

  private static List<String> paths(CommitHarness harness) throws IOException {
    return List.copyOf(harness.io().listTree(harness.layout().finalRoot()).keySet());
  }

  /** Removes what dead attempts left, as an operator would after the grace. */
  private static void collect(CommitHarness harness) throws IOException {
    AttemptSweep sweep =
        new AttemptSweep(harness.layout(), harness.io(), harness.publisher(), Duration.ZERO);
    List<AttemptSweep.Leftover> found = new ArrayList<>();
    sweep.visit("sweep", found::add);
    for (AttemptSweep.Leftover leftover : found) {
      sweep.remove(leftover);
    }
  }
}
