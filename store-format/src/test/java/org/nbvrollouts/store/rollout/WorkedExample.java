package org.nbvrollouts.store.rollout;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;

/**
 * The worked example of a store: one source, one target, one rollout of two steps with three
 * candidates each, depth rasters of 4 × 2 pixels.
 */
public final class WorkedExample {
  public static final String MANIFEST_SHA256 =
      "4ab74d978dcfba700011107534871ce125fa281901c52287ae1c45e4aebba6fb";

  private static final double NAN = Double.NaN;
  private static final double NONE = Double.NEGATIVE_INFINITY;
  private static final String SAMPLE = "AriaSyntheticEnvironment_81022_AtekDataSample_000017";

  private WorkedExample() {}

  public static RolloutStoreManifestContext context() {
    return RolloutStoreManifestContext.programmatic(Instant.parse("2026-06-01T12:00:00Z"));
  }

  public static RolloutZarrStoreConfig config() {
    return RolloutZarrStoreConfig.defaults()
        .withSource("7", "1122334455667788")
        .withDiscountGamma(0.9)
        .withSelectedDepth(
            new SelectedDepthStorage(
                true, 4, 2, 16, "Pytorch3DDepthRenderer", 0.001, 20.0, "exact_output_size"));
  }

  public static List<RolloutZarrRecord> records() {
    RolloutTrajectory chain =
        new RolloutTrajectory(List.of(step0(), step1()), false, OptionalDouble.empty());
    RolloutResult result =
        new RolloutResult(
            at(1, 2, 0.5),
            List.of(chain),
            2,
            1,
            OptionalInt.empty(),
            "oracle_greedy",
            OptionalLong.of(1_700_000_000_000_000_000L),
            OptionalInt.of(9),
            OptionalInt.of(19));
    return List.of(new RolloutZarrRecord(result, lineage(), "00000017-target-00-oracle_greedy"));
  }

  /** The record once more with changed lineage and another rollout id. */
  public static RolloutZarrRecord sibling(RolloutLineage lineage, String prefix) {
    return new RolloutZarrRecord(records().get(0).result(), lineage, prefix);
  }

  /** The example with a point cloud of two points before, and one per valid candidate. */
  public static List<RolloutZarrRecord> recordsWithEvalCrops() {
    RolloutZarrRecord record = records().get(0);
    RolloutResult result = record.result();
    List<RolloutStepRecord> steps =
        result.trajectories().get(0).steps().stream().map(WorkedExample::withCrops).toList();
    RolloutResult changed =
        new RolloutResult(
            result.rootPoseWorld(),
            List.of(new RolloutTrajectory(steps, false, OptionalDouble.empty())),
            result.horizon(),
            result.branchFactor(),
            result.beamWidth(),
            result.selectionPolicy(),
            result.rootTimeNs(),
            result.rootTrajectoryIndex(),
            result.rootFrameIndex());
    return List.of(new RolloutZarrRecord(changed, record.lineage(), record.rolloutIdPrefix()));
  }

  private static RolloutStepRecord withCrops(RolloutStepRecord step) {
    PointCloud one = PointCloud.of(new float[] {1, 2, 3});
    TargetEvalCrops crops =
        new TargetEvalCrops(
            Optional.of(PointCloud.of(new float[] {1, 2, 3, 4, 5, 6})),
            List.of(one, one),
            "gt_obb_oriented_any_vertex_v1",
            0.02,
            4);
    return new RolloutStepRecord(
        step.stepIndex(),
        step.candidates(),
        step.selectedShellIndex(),
        step.selectedValidIndex(),
        step.selectionScoreLabel(),
        step.selectionPolicy(),
        step.selectionTemperature(),
        step.selection(),
        step.metricVectors(),
        step.selectedMetrics(),
        step.selectedDepth(),
        Optional.of(crops));
  }

  public static RolloutLineage lineage() {
    return new RolloutLineageBuilder()
        .sceneId("81022")
        .snippetId(SAMPLE)
        .split("train")
        .meshVersion("mesh-v=1200-f=2400")
        .candidateConfigHash("c0ffee0000000001")
        .oracleConfigHash("0badcafe00000002")
        .rolloutConfigHash("5eed000000000003")
        .randomSeed(0L)
        .sourceCacheVersion("7")
        .sourceOfflineStoreManifestHash("a1b2c3d4e5f60718")
        .splitManifestHash("1122334455667788")
        .sourceRowId(17L)
        .sourceSampleIndex(17L)
        .sourceShardRow(17L)
        .sourceSampleKey(SAMPLE)
        .sourceShardId("vin-shard-000000")
        .branchScheduleId("oracle_greedy")
        .selectionRngStateHash("seed-once:0:split-manifest:1122334455667788")
        .targetRowId(3L)
        .targetId("ASE_81022_Atek_000017:det:5")
        .targetProtocolVersion("v1_observed")
        .targetCropPolicy("gt_obb_oriented_any_vertex_v1")
        .targetSelectionPolicy("greedy_top_k")
        .targetSelectionRank(0)
        .targetSelectionScore(0.75)
        .targetSelectionProbability(1.0)
        .targetSource("detected_obbs")
        .targetSourceIndex(5)
        .targetSemId(3)
        .targetInstId(5)
        .targetClassName("chair")
        .targetConfidence(0.8)
        .targetProjectedAreaPixels(1200.0)
        .targetProjectedAreaFraction(0.02)
        .targetSemidenseSupportCount(120)
        .targetEvlSupportCount(8)
        .targetEffectiveSupportCount(124.0)
        .targetVisibilityScore(0.5)
        .targetSupportScore(1.0)
        .targetDeficitScore(0.25)
        .targetCenterWorld(new Point3(2, 3, 0.5))
        .targetExtents(new Point3(0.5, 0.5, 1))
        .targetPoseWorldObject(at(2, 3, 0.5))
        .targetRelativePoseReferenceObject(at(1, 1, 0))
        .targetInvalidReasonBitset(1)
        .targetPrimaryInvalidReason(0)
        .targetReasonCodeVersion("target-selection-invalidity-v1")
        .matchedGtTargetRowId(2L)
        .matchedGtTargetId("ASE_81022_Atek_000017:gt:2")
        .gtMatchIou(0.75)
        .gtMatchScore(0.9)
        .gtMatchStatus("matched")
        .build();
  }

  private static RolloutStepRecord step0() {
    CandidateShell shell =
        shell(
            MaskColumn.of(true, false, true),
            Map.of("PathCollisionRule", MaskColumn.of(true, false, true)),
            List.of(at(1.5, 2, 0.5), at(1, 2.5, 0.5), at(1.5, 2.5, 0.5)),
            Map.of("path_collision_mask", DoubleColumn.of(0, 1, 0)));
    Map<String, DoubleColumn> metrics = new LinkedHashMap<>();
    metrics.put("target_rri", DoubleColumn.of(0.1, NAN, 0.2));
    metrics.put("target_root_gain", DoubleColumn.of(0.1, NAN, 0.2));
    metrics.put("target_log_error_gain", DoubleColumn.of(0.1053605156, NAN, 0.2231435513));
    metrics.put("target_pm_dist_before", DoubleColumn.of(0.5, NAN, 0.5));
    metrics.put("target_pm_dist_after", DoubleColumn.of(0.45, NAN, 0.4));
    metrics.put("target_current_support", DoubleColumn.of(120, NAN, 120));
    metrics.put("target_candidate_support", DoubleColumn.of(30, NAN, 45));
    metrics.put("scene_rri", DoubleColumn.of(0.05, NAN, 0.1));
    metrics.put("scene_root_gain", DoubleColumn.of(0.05, NAN, 0.1));
    metrics.put("scene_log_error_gain", DoubleColumn.of(0.0512932944, NAN, 0.1053605156));
    metrics.put("scene_pm_dist_before", DoubleColumn.of(1, NAN, 1));
    metrics.put("scene_pm_dist_after", DoubleColumn.of(0.95, NAN, 0.9));
    SelectionDistribution selection =
        new SelectionDistribution(
            DoubleColumn.of(0.1, 0.2), DoubleColumn.of(0, 1), DoubleColumn.of(NONE, 0));
    return step(0, shell, 2, 1, selection, metrics, gains(0.2, 0.1, 0.2, 0.1), depth(1.5f, 7));
  }

  private static RolloutStepRecord step1() {
    CandidateShell shell =
        shell(
            MaskColumn.of(true, true, false),
            Map.of("FreeSpaceRule", MaskColumn.of(true, true, false)),
            List.of(at(2, 2.5, 0.5), at(1.5, 3, 0.5), at(9, 2.5, 0.5)),
            Map.of());
    Map<String, DoubleColumn> metrics = new LinkedHashMap<>();
    metrics.put("target_rri", DoubleColumn.of(0.3, NAN));
    metrics.put("target_root_gain", DoubleColumn.of(0.24, NAN));
    metrics.put("target_log_error_gain", DoubleColumn.of(0.3566749439, NAN));
    metrics.put("target_pm_dist_before", DoubleColumn.of(0.4, NAN));
    metrics.put("target_pm_dist_after", DoubleColumn.of(0.28, NAN));
    metrics.put("target_current_support", DoubleColumn.of(165, NAN));
    metrics.put("target_candidate_support", DoubleColumn.of(20, NAN));
    metrics.put("scene_rri", DoubleColumn.of(0.06, 0.01));
    metrics.put("scene_root_gain", DoubleColumn.of(0.054, 0.009));
    metrics.put("scene_log_error_gain", DoubleColumn.of(0.0618754037, 0.0100503359));
    metrics.put("scene_pm_dist_before", DoubleColumn.of(0.9, 0.9));
    metrics.put("scene_pm_dist_after", DoubleColumn.of(0.846, 0.891));
    SelectionDistribution selection =
        new SelectionDistribution(
            DoubleColumn.of(0.24, NONE), DoubleColumn.of(1, 0), DoubleColumn.of(0, NONE));
    return step(1, shell, 0, 0, selection, metrics, gains(0.3, 0.06, 0.24, 0.054), depth(2.25f, 8));
  }

  private static CandidateShell shell(
      MaskColumn valid,
      Map<String, MaskColumn> rules,
      List<Pose12> poses,
      Map<String, DoubleColumn> extras) {
    double third = 1.0 / 3;
    return new CandidateShell(
        valid,
        rules,
        poses,
        Optional.of(IntColumn.of(0, 3, 3)),
        Optional.of(IntColumn.of(1, 2, 3)),
        Optional.of(IntColumn.of(0, 1, 2)),
        Optional.of(DoubleColumn.of(third, third, third)),
        extras);
  }

  private static RolloutStepRecord step(
      int index,
      CandidateShell shell,
      int selectedShellIndex,
      int selectedValidIndex,
      SelectionDistribution selection,
      Map<String, DoubleColumn> metrics,
      Map<String, Double> selected,
      SelectedDepth depth) {
    return new RolloutStepRecord(
        index,
        shell,
        selectedShellIndex,
        selectedValidIndex,
        "target_root_gain",
        "oracle_greedy",
        OptionalDouble.empty(),
        Optional.of(selection),
        metrics,
        selected,
        Optional.of(depth),
        Optional.empty());
  }

  private static Map<String, Double> gains(
      double targetRri, double sceneRri, double targetGain, double sceneGain) {
    return Map.of(
        "target_rri", targetRri,
        "scene_rri", sceneRri,
        "target_root_gain", targetGain,
        "scene_root_gain", sceneGain);
  }

  private static SelectedDepth depth(float metres, int validPixels) {
    float[] depth = new float[8];
    boolean[] valid = new boolean[8];
    for (int pixel = 0; pixel < 8; pixel++) {
      depth[pixel] = metres;
      valid[pixel] = pixel < validPixels;
    }
    return new SelectedDepth(4, 2, depth, valid, 2, 2, 2, 1);
  }

  private static Pose12 at(double x, double y, double z) {
    return new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, y, z);
  }
}
