package org.nbvrollouts.pipeline.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

final class TestTargetOracle {
  private final VoxelFusion fusion = new VoxelFusion();

  @Test
  void trap7CandidateThatSeesNothingGainsExactlyNothing() throws UnscorableTargetException {
    TargetOracle oracle =
        TargetOracle.of(CubeRollout.config(), fusion, CubeRollout.target(), CubeRollout.mesh());
    TargetState root = oracle.root(Points.of(CubeRollout.VECTORS.get("root_points_fused")));

    Map<String, DoubleColumn> metrics = CubeRollout.metrics(oracle, root, root.error().distance());

    assertThat(metrics.get("target_root_gain").at(2)).isEqualTo(0.0);
    assertThat(metrics.get("target_log_error_gain").at(2)).isEqualTo(0.0);
    assertThat(metrics.get("target_candidate_support").at(2)).isEqualTo(0.0);
  }

  @Test
  void trap7RepeatedViewMayScoreBelowZero() throws UnscorableTargetException {
    TargetOracle oracle =
        TargetOracle.of(CubeRollout.config(), fusion, CubeRollout.target(), CubeRollout.mesh());
    TargetState root = oracle.root(Points.of(CubeRollout.VECTORS.get("root_points_fused")));
    TargetState next = oracle.after(root, CubeRollout.cloud("B"));

    assertThat(CubeRollout.metrics(oracle, next, root.error().distance()).get("target_rri").at(1))
        .isNegative();
  }

  @Test
  void trap5TheScoredUnionIsNotFusedButTheNextStateIs() throws UnscorableTargetException {
    JsonNode merge = GoldenVectors.load("selection_and_rules").get("fuse_merge");
    TargetOracle oracle =
        TargetOracle.of(CubeRollout.config(), fusion, CubeRollout.target(), CubeRollout.mesh());
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
  void trapFacesWithoutAVertexInTheBoxVanish() throws UnscorableTargetException {
    TargetOracle oracle =
        TargetOracle.of(CubeRollout.config(), fusion, CubeRollout.target(), CubeRollout.mesh());
    TargetState onTheFloor = oracle.root(Points.of(0.6, 0, -0.5));

    assertThat(oracle.keptFaces(CubeRollout.mesh()).faceCount()).isEqualTo(12);
    assertThat(onTheFloor.support()).isEqualTo(1);
    assertThat(onTheFloor.error().accuracy())
        .as("the cube is 0.1 m away")
        .isCloseTo(0.01, within(1e-12));
  }

  @Test
  void boxWithoutVerticesIsRefusedWithItsReason() {
    OracleTarget nowhere =
        new OracleTarget("t", 0, new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 9, 9, 9), unitBox());

    assertThatThrownBy(
            () -> TargetOracle.of(CubeRollout.config(), fusion, nowhere, CubeRollout.mesh()))
        .isInstanceOfSatisfying(
            UnscorableTargetException.class,
            e -> assertThat(e.failure()).isEqualTo(TargetFailure.TARGET_CROP_EMPTY))
        .hasMessage(
            "Cannot score target: no face of the mesh has a vertex in its box (target=t, faces=14)");
  }

  @Test
  void tooFewCurrentPointsAreRefusedWithTheirReason() throws UnscorableTargetException {
    TargetOracle oracle =
        TargetOracle.of(CubeRollout.config(), fusion, CubeRollout.target(), CubeRollout.mesh());

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
    TargetScorerConfig config = CubeRollout.config();
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
    TargetOracle oracle = TargetOracle.of(CubeRollout.config(), fusion, target, mesh);
    PointBuffer cloud = Points.random(random, 20_000, 0.75);

    TargetState pruned = oracle.root(cloud);

    TargetCrop crop = TargetCrop.of(target, CubeRollout.config().targetCropMarginMetres());
    PointBuffer whole =
        crop.inside(
            fusion.fuse(
                cloud, CubeRollout.config().evalFusionVoxelSizeMetres(), VoxelFusion.NO_CAP));
    assertThat(pruned.rawPoints().size()).as("seed %d", seed).isLessThan(cloud.size());
    assertThat(pruned.current().points().toArray())
        .as("seed %d", seed)
        .isEqualTo(
            fusion
                .fuse(
                    fusion.fuse(whole, CubeRollout.config().evalFusionVoxelSizeMetres(), 50_000),
                    CubeRollout.config().oracle().fusionVoxelSizeMetres(),
                    200_000)
                .toArray());
  }

  @Test
  void unionOverTheCapIsThinnedFromBothSides() throws UnscorableTargetException {
    SplittableRandom random = new SplittableRandom(31);
    TriangleMesh mesh = Meshes.soup(random, 100, 2);
    OracleTarget target = new OracleTarget("t", 0, Pose12.IDENTITY, unitBox());
    TargetScorerConfig capped = CubeRollout.config(OptionalInt.of(40));
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
    TriangleMesh mesh = CubeRollout.mesh();
    TargetOracle oracle =
        TargetOracle.of(
            CubeRollout.config(OptionalInt.empty()), fusion, CubeRollout.target(), mesh);
    JsonNode merge = GoldenVectors.load("selection_and_rules").get("fuse_merge");
    TargetState root = oracle.root(Points.of(merge.get("root")));

    PointMeshError after = oracle.score(root, Points.of(merge.get("query"))).after();

    Direct direct = new Direct(CubeRollout.config(), CubeRollout.target(), mesh);
    assertThat(after.distance())
        .isCloseTo(
            direct.error(Points.of(merge.get("next_state"))).distance(),
            within(GoldenVectors.TOLERANCE));
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

  private static AxisAlignedBox unitBox() {
    return new AxisAlignedBox(-0.5, 0.5, -0.5, 0.5, -0.5, 0.5);
  }
}
