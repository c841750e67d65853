package org.nbvrollouts.store.commit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.SimulatedCrash;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * Many attempts of one entry at once, stopped, failed and delayed at random (specification commit
 * 7).
 */
class TestSingleWinner {
  private static final RolloutShardEntry ENTRY = CommitHarness.entry();
  private static final List<FaultPlan.Kind> KINDS = List.of(FaultPlan.Kind.values());
  private static final int ATTEMPTS = 6;
  private static final int ROUNDS = 14;
  private static final int OPERATIONS = 30;
  private static final CommitPolicy NO_QUARANTINE =
      new CommitPolicy(
          VerifyLevel.FILES,
          CommitPolicy.RollForward.ON,
          CommitPolicy.EmptyShards.ALLOWED,
          1000,
          6,
          Duration.ofMillis(1),
          CommitPolicy.CommittedBy.ATTEMPT);

  @TempDir private Path folder;

  @Test
  void atMostOneMarkerExistsAndItAlwaysVerifies() throws Exception {
    long seed = 20260515L;
    SplittableRandom random = new SplittableRandom(seed);
    int fired = 0;
    for (int round = 0; round < ROUNDS; round++) {
      CommitHarness harness =
          CommitStorage.local(folder)
              .campaign(round % 2 == 1 ? PublishForm.POINTER : PublishForm.RENAME)
              .withPolicy(NO_QUARANTINE);
      List<FaultPlan> plans = new ArrayList<>();
      for (int i = 0; i < ATTEMPTS; i++) {
        FaultPlan.Kind kind = KINDS.get(random.nextInt(KINDS.size()));
        plans.add(FaultPlan.at(kind, 1 + random.nextInt(OPERATIONS)));
      }
      String place = "seed=" + seed + ", round=" + round;
      List<RolloutShardRunResult> results = race(harness, plans, place);
      fired += (int) plans.stream().filter(plan -> plan.fired().isPresent()).count();
      long committedIds =
          results.stream()
              .filter(RolloutShardRunResult.Finished.class::isInstance)
              .map(result -> ((RolloutShardRunResult.Finished) result).committedAttemptId())
              .distinct()
              .count();
      assertThat(committedIds).as(place).isLessThanOrEqualTo(1);
      assertThat(harness.run(ENTRY)).as(place).isInstanceOf(RolloutShardRunResult.Finished.class);
      assertThat(harness.verify(ENTRY).isCurrent()).as(place).isTrue();
    }
    assertThat(fired).as("faults that fired, seed=" + seed).isGreaterThan(ROUNDS);
  }

  private static List<RolloutShardRunResult> race(
      CommitHarness harness, List<FaultPlan> plans, String place) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(ATTEMPTS + 1);
    try {
      CyclicBarrier start = new CyclicBarrier(ATTEMPTS + 1);
      AtomicBoolean racing = new AtomicBoolean(true);
      Future<Boolean> reader = pool.submit(() -> neverSeesABadMarker(harness, start, racing));
      List<Callable<List<RolloutShardRunResult>>> calls = new ArrayList<>();
      for (FaultPlan plan : plans) {
        calls.add(() -> attempt(harness, plan, start));
      }
      List<RolloutShardRunResult> results = new ArrayList<>();
      for (Future<List<RolloutShardRunResult>> call : pool.invokeAll(calls)) {
        results.addAll(call.get());
      }
      racing.set(false);
      assertThat(reader.get()).as(place).isTrue();
      return results;
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<RolloutShardRunResult> attempt(
      CommitHarness harness, FaultPlan plan, CyclicBarrier start) throws Exception {
    start.await();
    try {
      return List.of(harness.run(ENTRY, plan));
    } catch (SimulatedCrash dead) {
      return List.of();
    }
  }

  private static boolean neverSeesABadMarker(
      CommitHarness harness, CyclicBarrier start, AtomicBoolean racing) throws Exception {
    start.await();
    while (racing.get()) {
      if (harness.isMarked(ENTRY) && !harness.verify(ENTRY).isCurrent()) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }
}
