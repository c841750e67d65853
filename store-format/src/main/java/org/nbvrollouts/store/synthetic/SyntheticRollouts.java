package org.nbvrollouts.store.synthetic;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutResult;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;

/**
 * Records of a seed, one source row at a time, without meshes and ray casting. They pass the 88
 * checks and the strict extras, their numbers are plausible and compress about as well as computed
 * ones: errors fall along a chain, views stand around a target, a quarter of them break a rule, and
 * depth images show the walls of a room.
 *
 * <pre>{@code
 * var shape = SyntheticShape.of(1000, 3, 6, 10, 60).withDepth(240);
 * var rollouts = new SyntheticRollouts(shape, 7L);
 * for (int row = 0; row < shape.rows(); row++) {
 *   store(rollouts.row(row)); // the records of one source row; nothing is kept
 * }
 * }</pre>
 *
 * <p>A record depends on the seed, the shape of a row and its own position alone: the number of
 * rows, the order and the thread do not matter, so a part of a large data set has the values it has
 * in the whole. Write with {@link #config()}, or with any options that keep images and crops of
 * that size. Immutable, thread-safe.
 */
public final class SyntheticRollouts {
  private static final List<String> POLICIES =
      List.of(
          "oracle_greedy",
          "temperature_softmax",
          "random_valid",
          "farthest_from_history",
          "farthest_from_reference",
          "random");

  private final SyntheticShape shape;
  private final long seed;

  public SyntheticRollouts(SyntheticShape shape, long seed) {
    this.shape = shape;
    this.seed = seed;
  }

  public SyntheticShape shape() {
    return shape;
  }

  /** Options of the store that fit the records. */
  public RolloutZarrStoreConfig config() {
    RolloutZarrStoreConfig config =
        RolloutZarrStoreConfig.defaults()
            .withSource(SyntheticLineage.CACHE_VERSION, SyntheticLineage.SPLIT_HASH)
            .withSelectedDepth(
                shape.depthPx() == 0
                    ? SelectedDepthStorage.disabled()
                    : SelectedDepthStorage.ofSize(shape.depthPx(), shape.depthPx()));
    return shape.cropPoints() == 0 ? config : config.withTargetEvalCrops(shape.cropPoints());
  }

  /** Every record of one source row: target by target, recipe by recipe. */
  public List<RolloutZarrRecord> row(int row) {
    List<RolloutZarrRecord> records = new ArrayList<>(shape.targets() * shape.rollouts());
    for (int target = 0; target < shape.targets(); target++) {
      for (int rollout = 0; rollout < shape.rollouts(); rollout++) {
        records.add(record(row, target, rollout));
      }
    }
    return records;
  }

  /** The records of the first rows, all in memory. */
  public List<RolloutZarrRecord> records() {
    List<RolloutZarrRecord> records = new ArrayList<>();
    for (int row = 0; row < shape.rows(); row++) {
      records.addAll(row(row));
    }
    return records;
  }

  /** One record: one chain of one target with one recipe. */
  public RolloutZarrRecord record(int row, int target, int rollout) {
    String policy = POLICIES.get(rollout % POLICIES.size());
    String recipe = "%s_%02d".formatted(policy, rollout);
    SyntheticLineage place = new SyntheticLineage(row, target, random(row, target, -1));
    RolloutLineage lineage = place.lineage(recipe, rollout);
    SyntheticSteps steps = new SyntheticSteps(shape, place, policy, random(row, target, rollout));
    List<RolloutStepRecord> chain = new ArrayList<>(shape.steps());
    for (int step = 0; step < shape.steps(); step++) {
      chain.add(steps.next(step));
    }
    RolloutResult result =
        new RolloutResult(
            place.rootPose(),
            List.of(new RolloutTrajectory(chain, false, OptionalDouble.empty())),
            shape.steps(),
            1,
            OptionalInt.of(1),
            policy,
            OptionalLong.of(1_700_000_000_000_000_000L + row * 100_000_000L),
            OptionalInt.of(row % 20),
            OptionalInt.of(2 * (row % 20)));
    return new RolloutZarrRecord(
        result, lineage, "%08d-target-%02d-%s".formatted(row, target, recipe));
  }

  /** A stream of its own for every place of the data set. */
  private SplittableRandom random(int row, int target, int rollout) {
    long place = ((row * 1_000_003L + target) * 1_000_003L + rollout) * 0x9e3779b97f4a7c15L;
    return new SplittableRandom(new SplittableRandom(seed ^ place).nextLong());
  }
}
