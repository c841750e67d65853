package org.nbvrollouts.store.rollout;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;

/** Well-formed records with random numbers, for properties of whatever stores or reads them. */
public final class RandomRollouts {
  private static final int DEPTH_SIZE = 4;

  private final SplittableRandom random;

  public RandomRollouts(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Options that the records fit, with small chunks so that arrays are sharded. */
  public static RolloutZarrStoreConfig config() {
    SelectedDepthStorage size = SelectedDepthStorage.ofSize(DEPTH_SIZE, DEPTH_SIZE);
    return RolloutZarrStoreConfig.defaults()
        .withSource("7", "1122334455667788")
        .withQhChunkStates(2)
        .withSelectedDepth(
            new SelectedDepthStorage(
                true,
                DEPTH_SIZE,
                DEPTH_SIZE,
                2,
                size.renderer(),
                size.znearMetres(),
                size.zfarMetres(),
                size.sourceResolution()))
        .withTargetEvalCrops(3);
  }

  /** Records of several source rows, targets and recipes; shells have at most that many rows. */
  public List<RolloutZarrRecord> records(int sources, int widestShell) {
    List<RolloutZarrRecord> records = new ArrayList<>();
    for (int source = 0; source < sources; source++) {
      for (int target = 0; target < 2; target++) {
        for (String recipe : List.of("oracle_greedy", "random_valid")) {
          records.add(record(100 + 7 * source, target, recipe, widestShell));
        }
      }
    }
    return records;
  }

  private RolloutZarrRecord record(int sourceRow, int target, String recipe, int widestShell) {
    List<RolloutTrajectory> chains = new ArrayList<>();
    for (int chain = 0; chain <= random.nextInt(2); chain++) {
      List<RolloutStepRecord> steps = new ArrayList<>();
      int length = random.nextInt(4);
      for (int index = 0; index < length; index++) {
        steps.add(step(index, recipe, 1 + random.nextInt(widestShell)));
      }
      chains.add(new RolloutTrajectory(steps, length == 0, OptionalDouble.empty()));
    }
    RolloutResult result =
        new RolloutResult(
            pose(),
            chains,
            3,
            2,
            random.nextBoolean() ? OptionalInt.of(4) : OptionalInt.empty(),
            recipe,
            OptionalLong.of(random.nextLong(1L << 60)),
            OptionalInt.of(random.nextInt(20)),
            OptionalInt.empty());
    String sample = "sample-é-" + sourceRow;
    RolloutLineage lineage =
        new RolloutLineageBuilder(WorkedExample.lineage())
            .sourceRowId((long) sourceRow)
            .sourceSampleIndex((long) sourceRow)
            .sourceShardRow((long) sourceRow)
            .sourceSampleKey(sample)
            .snippetId(sample)
            .sceneId("scene-😀-" + sourceRow % 2)
            .targetId(sample + ":det:" + target)
            .targetSourceIndex(target)
            .matchedGtTargetId(sample + ":gt:" + target)
            .matchedGtTargetRowId((long) target)
            .gtMatchStatus(target == 0 ? "matched" : "unmatched_gt")
            .branchScheduleId(recipe)
            .build();
    String prefix = String.format(Locale.ROOT, "%08d-target-%02d-%s", sourceRow, target, recipe);
    return new RolloutZarrRecord(result, lineage, prefix);
  }

  private RolloutStepRecord step(int index, String recipe, int size) {
    boolean[] valid = new boolean[size];
    int selected = random.nextInt(size);
    for (int row = 0; row < size; row++) {
      valid[row] = row == selected || random.nextInt(3) > 0;
    }
    int rank = 0;
    int validCount = 0;
    for (int row = 0; row < size; row++) {
      rank += row < selected && valid[row] ? 1 : 0;
      validCount += valid[row] ? 1 : 0;
    }
    Map<String, DoubleColumn> metrics = new LinkedHashMap<>();
    double[] gains = values(validCount);
    for (int i = 0; i < validCount; i++) {
      gains[i] = random.nextInt(5) == 0 ? Double.NaN : gains[i];
    }
    metrics.put("target_root_gain", DoubleColumn.of(gains));
    metrics.put("oracle_target_rri", DoubleColumn.of(gains));
    metrics.put("scene_rri", DoubleColumn.of(values(size)));
    Map<String, Double> chosen = Map.of("target_rri", gains[rank], "root_gain", gains[rank]);
    SelectionDistribution selection =
        new SelectionDistribution(
            DoubleColumn.of(values(size)),
            DoubleColumn.of(values(validCount)),
            DoubleColumn.of(values(validCount)));
    return new RolloutStepRecord(
        index,
        shell(valid),
        selected,
        rank,
        "target_root_gain",
        recipe,
        random.nextBoolean() ? OptionalDouble.of(0.5) : OptionalDouble.empty(),
        Optional.of(selection),
        metrics,
        chosen,
        Optional.of(depth()),
        Optional.of(crops(validCount)));
  }

  private CandidateShell shell(boolean[] valid) {
    int size = valid.length;
    List<Pose12> poses = new ArrayList<>();
    int[] ids = new int[size];
    double[] probabilities = new double[size];
    double[] collides = new double[size];
    for (int row = 0; row < size; row++) {
      poses.add(pose());
      ids[row] = random.nextInt(4);
      probabilities[row] = 1.0 / size;
      collides[row] = valid[row] ? 0 : random.nextInt(2);
    }
    return new CandidateShell(
        MaskColumn.of(valid),
        Map.of("MinDistanceToMeshRule", MaskColumn.of(valid)),
        poses,
        Optional.of(IntColumn.of(ids)),
        Optional.of(IntColumn.of(ids)),
        Optional.of(IntColumn.of(ids)),
        Optional.of(DoubleColumn.of(probabilities)),
        Map.of(
            "path_collision_mask",
            DoubleColumn.of(collides),
            "motion_yaw_delta_rad",
            DoubleColumn.of(values(size))));
  }

  private SelectedDepth depth() {
    int pixels = DEPTH_SIZE * DEPTH_SIZE;
    float[] metres = new float[pixels];
    boolean[] valid = new boolean[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int kind = random.nextInt(8);
      metres[pixel] =
          kind == 0 ? Float.NaN : kind == 1 ? 1e-9f : kind == 2 ? -1 : 20 * (float) value();
      valid[pixel] = random.nextBoolean();
    }
    return new SelectedDepth(DEPTH_SIZE, DEPTH_SIZE, metres, valid, 2, 2, 2, 2);
  }

  private TargetEvalCrops crops(int validCount) {
    List<PointCloud> clouds = new ArrayList<>();
    for (int i = 0; i < validCount; i++) {
      float[] coordinates = new float[3 * random.nextInt(6)];
      for (int j = 0; j < coordinates.length; j++) {
        coordinates[j] = (float) value();
      }
      clouds.add(PointCloud.of(coordinates));
    }
    return new TargetEvalCrops(
        random.nextBoolean() ? Optional.of(PointCloud.of(new float[] {1, 2, 3})) : Optional.empty(),
        clouds,
        "crop-policy",
        0.02,
        5);
  }

  private Pose12 pose() {
    double angle = 6 * value();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return new Pose12(cos, -sin, 0, sin, cos, 0, 0, 0, 1, value(), -value(), value());
  }

  private double value() {
    return random.nextDouble();
  }

  private double[] values(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = value();
    }
    return values;
  }
}
