package org.nbvrollouts.pipeline.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.RayCaster;
import org.nbvrollouts.pipeline.render.DepthRenderer;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.rollout.ChainReturns;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

final class TestTargetOracle {
  private static final JsonNode VECTORS = GoldenVectors.load("render_and_rri");
  private static final List<String> VIEWS = List.of("A", "B", "C");

  private final VoxelFusion fusion = new VoxelFusion();

  @Test
  void bothStepsOfTheCubeRolloutAreThoseOfTheVectors() throws UnscorableTargetException {
    TargetOracle oracle = TargetOracle.of(config(), fusion, cubeTarget(), cubeMesh());
    double voxel = VECTORS.get("voxel_m").asDouble();
    PointBuffer rootCloud =
        fusion.fuse(Points.of(VECTORS.get("root_points_raw")), voxel, VoxelFusion.NO_CAP);
    TargetState root = oracle.root(rootCloud);
    assertThat(root.current().points().toArray())
        .containsExactly(
            Points.of(VECTORS.get("state0_points")).toArray(), within(GoldenVectors.TOLERANCE));

    Map<String, DoubleColumn> first = metrics(oracle, root, root.error().distance());
    assertStep(VECTORS.get("step0"), first, root.support());

    TargetState next = oracle.after(root, cloud(VECTORS.get("step0_selected").asText()));
    assertThat(byX(next.current().points()).toArray())
        .containsExactly(
            byX(Points.of(VECTORS.get("state1_points"))).toArray(),
            within(GoldenVectors.TOLERANCE));
    Map<String, DoubleColumn> second = metrics(oracle, next, root.error().distance());
    assertStep(VECTORS.get("step1"), second, next.support());

    int chosenFirst = VIEWS.indexOf(VECTORS.get("step0_selected").asText());
    int chosenSecond = VIEWS.indexOf(VECTORS.get("step1_selected").asText());
    ChainReturns returns =
        ChainReturns.of(List.of(chosen(first, chosenFirst), chosen(second, chosenSecond)), 1);
    assertThat(returns.discountedReturn())
        .isCloseTo(VECTORS.get("cumulative_root_gain").asDouble(), within(GoldenVectors.TOLERANCE));
    assertThat(returns.endPointGain())
        .isCloseTo(VECTORS.get("endpoint_gain").asDouble(), within(GoldenVectors.TOLERANCE));
  }

  private static ChainReturns.ChosenStep chosen(Map<String, DoubleColumn> metrics, int row) {
    return new ChainReturns.ChosenStep(
        metrics.get("target_root_gain").at(row),
        metrics.get("target_pm_dist_before").at(row),
        metrics.get("target_pm_dist_after").at(row));
  }

  @Test
  void candidateThatSeesNothingGainsExactlyNothing() throws UnscorableTargetException {
    TargetOracle oracle = TargetOracle.of(config(), fusion, cubeTarget(), cubeMesh());
    TargetState root = oracle.root(Points.of(VECTORS.get("root_points_fused")));

    Map<String, DoubleColumn> metrics = metrics(oracle, root, root.error().distance());

    assertThat(metrics.get("target_root_gain").at(2)).isEqualTo(0.0);
    assertThat(metrics.get("target_log_error_gain").at(2)).isEqualTo(0.0);
    assertThat(metrics.get("target_candidate_support").at(2)).isEqualTo(0.0);
  }

  @Test
  void repeatedViewMayScoreBelowZero() throws UnscorableTargetException {
    TargetOracle oracle = TargetOracle.of(config(), fusion, cubeTarget(), cubeMesh());
    TargetState root = oracle.root(Points.of(VECTORS.get("root_points_fused")));
    TargetState next = oracle.after(root, cloud("B"));

    assertThat(metrics(oracle, next, root.error().distance()).get("target_rri").at(1)).isNegative();
  }

  @Test
  void errorAfterAChoiceAndErrorBeforeTheNextDifferWhenPointsShareAVoxel()
      throws UnscorableTargetException {
    JsonNode merge = GoldenVectors.load("selection_and_rules").get("fuse_merge");
    TargetOracle oracle = TargetOracle.of(config(), fusion, cubeTarget(), cubeMesh());
    TargetState root = oracle.root(Points.of(merge.get("root")));
    PointBuffer candidate = Points.of(merge.get("query"));

    PointMeshError after = oracle.score(root, candidate).after();
    TargetState next = oracle.after(root, candidate);

    assertThat(next.current().points().toArray())
        .containsExactly(
            Points.of(merge.get("next_state")).toArray(), within(GoldenVectors.TOLERANCE));
    assertThat(next.error().distance()).isNotEqualTo(after.distance());
  }

  @Test
  void boxWithoutVerticesIsRefusedWithItsReason() {
    OracleTarget nowhere =
        new OracleTarget("t", 0, new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 9, 9, 9), unitBox());

    assertThatThrownBy(() -> TargetOracle.of(config(), fusion, nowhere, cubeMesh()))
        .isInstanceOfSatisfying(
            UnscorableTargetException.class,
            e -> assertThat(e.failure()).isEqualTo(TargetFailure.TARGET_CROP_EMPTY))
        .hasMessage(
            "Cannot score target: no face of the mesh has a vertex in its box (target=t, faces=14)");
  }

  @Test
  void tooFewCurrentPointsAreRefusedWithTheirReason() throws UnscorableTargetException {
    TargetOracle oracle = TargetOracle.of(config(), fusion, cubeTarget(), cubeMesh());

    assertThatThrownBy(() -> oracle.root(Points.of(1.5, 1.5, -0.49)))
        .isInstanceOfSatisfying(
            UnscorableTargetException.class,
            e -> assertThat(e.failure()).isEqualTo(TargetFailure.TARGET_SUPPORT_TOO_LOW))
        .hasMessage(
            "Cannot score target: too few current points in its box (target=cube, points=0,"
                + " expected at least 1)");
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14, 15, 16})
  void decompositionEqualsRecomputation(long seed) throws UnscorableTargetException {
    SplittableRandom random = new SplittableRandom(seed);
    TriangleMesh mesh = Meshes.soup(random, 300, 2);
    TargetScorerConfig config = config();
    OracleTarget target = new OracleTarget("t", 0, Pose12.IDENTITY, unitBox());
    TargetOracle oracle = TargetOracle.of(config, fusion, target, mesh);
    TargetState state = oracle.root(Points.random(random, 500, 1));
    Direct direct = new Direct(config, target, mesh);
    PointBuffer history = state.rawPoints();
    for (int step = 0; step < 2; step++) {
      PointBuffer candidate = Points.random(random, 200, 1);

      CandidateError scored = oracle.score(state, candidate);

      PointMeshError expected = direct.errorAfter(history, candidate, config);
      assertThat(scored.after().accuracy())
          .as("seed %d", seed)
          .isCloseTo(expected.accuracy(), within(1e-12));
      assertThat(scored.after().completeness())
          .as("seed %d", seed)
          .isEqualTo(expected.completeness());
      state = oracle.after(state, candidate);
      history = Points.concat(history, candidate);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void pruningChangesNoByte(long seed) throws UnscorableTargetException {
    SplittableRandom random = new SplittableRandom(seed);
    TriangleMesh mesh = Meshes.soup(random, 200, 2);
    OracleTarget target = new OracleTarget("t", 0, Pose12.IDENTITY, unitBox());
    TargetOracle oracle = TargetOracle.of(config(), fusion, target, mesh);
    PointBuffer cloud = Points.random(random, 20_000, 0.75);

    TargetState pruned = oracle.root(cloud);

    TargetCrop crop = TargetCrop.of(target, config().targetCropMarginMetres());
    PointBuffer whole =
        crop.inside(fusion.fuse(cloud, config().evalFusionVoxelSizeMetres(), VoxelFusion.NO_CAP));
    assertThat(pruned.rawPoints().size()).as("seed %d", seed).isLessThan(cloud.size());
    assertThat(pruned.current().points().toArray())
        .as("seed %d", seed)
        .isEqualTo(
            fusion
                .fuse(
                    fusion.fuse(whole, config().evalFusionVoxelSizeMetres(), 50_000),
                    config().oracle().fusionVoxelSizeMetres(),
                    200_000)
                .toArray());
  }

  @Test
  void unionOverTheCapIsThinnedFromBothSides() throws UnscorableTargetException {
    SplittableRandom random = new SplittableRandom(31);
    TriangleMesh mesh = Meshes.soup(random, 100, 2);
    OracleTarget target = new OracleTarget("t", 0, Pose12.IDENTITY, unitBox());
    TargetScorerConfig capped = withUnion(OptionalInt.of(40));
    TargetOracle oracle = TargetOracle.of(capped, fusion, target, mesh);
    TargetState state = oracle.root(Points.random(random, 100, 0.5));
    PointBuffer candidate = Points.random(random, 60, 0.5);

    PointMeshError after = oracle.score(state, candidate).after();

    Direct direct = new Direct(capped, target, mesh);
    PointBuffer union =
        VoxelFusion.balancedUnion(
            state.current().points(), fusion.fuse(candidate, 0.02, VoxelFusion.NO_CAP), 40);
    assertThat(union.size()).isEqualTo(40);
    assertThat(after).isEqualTo(direct.error(union));
  }

  @Test
  void unionWithoutACapIsFusedAgain() throws UnscorableTargetException {
    TriangleMesh mesh = cubeMesh();
    TargetOracle oracle =
        TargetOracle.of(withUnion(OptionalInt.empty()), fusion, cubeTarget(), mesh);
    JsonNode merge = GoldenVectors.load("selection_and_rules").get("fuse_merge");
    TargetState root = oracle.root(Points.of(merge.get("root")));

    PointMeshError after = oracle.score(root, Points.of(merge.get("query"))).after();

    Direct direct = new Direct(config(), cubeTarget(), mesh);
    assertThat(after.distance())
        .isCloseTo(
            direct.error(Points.of(merge.get("next_state"))).distance(),
            within(GoldenVectors.TOLERANCE));
  }

  /** Many of the points have y = -0.5, a cell boundary: rounding decides about their order. */
  private static PointBuffer byX(PointBuffer points) {
    PointBuffer sorted = new PointBuffer(points.size());
    IntStream.range(0, points.size())
        .boxed()
        .sorted(Comparator.comparingDouble(points::x))
        .forEach(i -> sorted.add(points.x(i), points.y(i), points.z(i)));
    return sorted;
  }

  /** The definition of generation 6.3 and 6.5 without any shortcut. */
  private static final class Direct {
    private final TargetCrop crop;
    private final MeshEvaluator evaluator;

    Direct(TargetScorerConfig config, OracleTarget target, TriangleMesh mesh) {
      crop = TargetCrop.of(target, config.targetCropMarginMetres());
      evaluator =
          new MeshEvaluator(Bvh.build(crop.crop(mesh)), config.oracle().minTriangleAreaM2());
    }

    PointMeshError error(PointBuffer points) {
      return evaluator.evaluate(points).error();
    }

    PointMeshError errorAfter(
        PointBuffer history, PointBuffer candidate, TargetScorerConfig config) {
      VoxelFusion fusion = new VoxelFusion();
      double voxel = config.evalFusionVoxelSizeMetres();
      PointBuffer state = fusion.fuse(history, voxel, VoxelFusion.NO_CAP);
      PointBuffer current = fusion.fuse(crop.inside(state), voxel, config.targetEvalMaxPoints());
      current = fusion.fuse(current, voxel, 200_000);
      PointBuffer seen = fusion.fuse(crop.inside(candidate), voxel, config.targetEvalMaxPoints());
      return error(Points.concat(current, seen));
    }
  }

  private static Map<String, DoubleColumn> metrics(
      TargetOracle oracle, TargetState state, double rootError) {
    List<CandidateError> errors =
        VIEWS.stream().map(view -> oracle.score(state, cloud(view))).toList();
    return new GainMetrics().target(rootError, state, errors).vectors();
  }

  private static void assertStep(
      JsonNode step, Map<String, DoubleColumn> metrics, int currentSupport) {
    Map<String, String> names =
        Map.of(
            "acc_before", "target_pm_acc_before",
            "comp_before", "target_pm_comp_before",
            "dist_before", "target_pm_dist_before",
            "acc_after", "target_pm_acc_after",
            "comp_after", "target_pm_comp_after",
            "dist_after", "target_pm_dist_after",
            "rri", "target_rri",
            "log_gain", "target_log_error_gain",
            "root_gain", "target_root_gain",
            "n_query", "target_candidate_support");
    for (int i = 0; i < VIEWS.size(); i++) {
      JsonNode view = step.get(VIEWS.get(i));
      for (Map.Entry<String, String> name : names.entrySet()) {
        if (view.has(name.getKey())) {
          assertThat(metrics.get(name.getValue()).at(i))
              .as("%s of view %s", name.getKey(), VIEWS.get(i))
              .isCloseTo(view.get(name.getKey()).asDouble(), within(5 * GoldenVectors.TOLERANCE));
        }
      }
      assertThat(currentSupport + metrics.get("target_candidate_support").at(i))
          .isEqualTo(view.get("n_union").asDouble());
    }
  }

  private static PointBuffer cloud(String view) {
    JsonNode camera = VECTORS.get("camera");
    PinholeCamera pinhole =
        new PinholeCamera(
            camera.get("width").asInt(),
            camera.get("height").asInt(),
            camera.get("fx").asDouble(),
            camera.get("fy").asDouble(),
            camera.get("cx").asDouble(),
            camera.get("cy").asDouble());
    Pose12 pose = GoldenVectors.pose(VECTORS.get("views").get(view).get("pose_world_cam"));
    PointBuffer points = new PointBuffer(64);
    new DepthRenderer(pinhole, camera.get("znear").asDouble(), camera.get("zfar").asDouble())
        .castPoints(pose, new RayCaster(Bvh.build(cubeMesh())), 1, points);
    assertThat(points.size()).isEqualTo(VECTORS.get("views").get(view).get("num_points").asInt());
    return points;
  }

  private static TriangleMesh cubeMesh() {
    JsonNode mesh = VECTORS.get("mesh");
    float[] vertices = new float[3 * mesh.get("vertices").size()];
    int[] faces = new int[3 * mesh.get("faces").size()];
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = (float) mesh.get("vertices").get(i / 3).get(i % 3).asDouble();
    }
    for (int i = 0; i < faces.length; i++) {
      faces[i] = mesh.get("faces").get(i / 3).get(i % 3).asInt();
    }
    return TriangleMesh.of(vertices, faces);
  }

  private static OracleTarget cubeTarget() {
    JsonNode box = VECTORS.get("target_obb");
    double[] min = GoldenVectors.numbers(box.get("bb3_min"));
    double[] max = GoldenVectors.numbers(box.get("bb3_max"));
    return new OracleTarget(
        "cube",
        0,
        GoldenVectors.pose(box.get("T_world_object")),
        new AxisAlignedBox(min[0], max[0], min[1], max[1], min[2], max[2]));
  }

  private static AxisAlignedBox unitBox() {
    return new AxisAlignedBox(-0.5, 0.5, -0.5, 0.5, -0.5, 0.5);
  }

  private static TargetScorerConfig config() {
    return withUnion(OptionalInt.of(200_000));
  }

  private static TargetScorerConfig withUnion(OptionalInt maxPoints) {
    return new TargetScorerConfig(
        TargetScorerConfig.DepthConfig.defaults(),
        new TargetScorerConfig.OracleConfig(0.02, maxPoints, 0.005),
        1,
        VECTORS.get("target_obb").get("margin_m").asDouble(),
        1,
        true,
        EvalPointCloudSource.AUTO,
        "rgb",
        OptionalDouble.empty(),
        VECTORS.get("voxel_m").asDouble(),
        200_000,
        50_000,
        RewardMode.ROOT_NORMALIZED_GAIN);
  }
}
