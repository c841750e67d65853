package org.nbvrollouts.pipeline.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.ViewCaster;
import org.nbvrollouts.pipeline.render.DepthRenderer;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.TriangleMesh;

/** The cube on a floor and its three views, as in {@code render_and_rri.json}. */
final class CubeRollout {
  static final JsonNode VECTORS = GoldenVectors.load("render_and_rri");
  static final List<String> VIEWS = List.of("A", "B", "C");

  private CubeRollout() {}

  static TriangleMesh mesh() {
    return GoldenVectors.mesh(VECTORS.get("mesh"));
  }

  static ViewCaster caster() {
    return new ViewCaster(Bvh.build(mesh()));
  }

  static DepthRenderer renderer() {
    JsonNode camera = VECTORS.get("camera");
    return new DepthRenderer(
        GoldenVectors.pinhole(camera),
        camera.get("znear").asDouble(),
        camera.get("zfar").asDouble());
  }

  /** Every valid pixel of a view, world metres. */
  static PointBuffer cloud(String view) {
    JsonNode pose = VECTORS.get("views").get(view).get("pose_world_cam");
    PointBuffer points = new PointBuffer(64);
    renderer().castPoints(GoldenVectors.pose(pose), caster(), 1, points);
    return points;
  }

  static OracleTarget target() {
    JsonNode box = VECTORS.get("target_obb");
    double[] min = GoldenVectors.numbers(box.get("bb3_min"));
    double[] max = GoldenVectors.numbers(box.get("bb3_max"));
    return new OracleTarget(
        "cube",
        0,
        GoldenVectors.pose(box.get("T_world_object")),
        new AxisAlignedBox(min[0], max[0], min[1], max[1], min[2], max[2]));
  }

  static TargetScorerConfig config() {
    return config(OptionalInt.of(200_000));
  }

  static TargetScorerConfig config(OptionalInt maxPointsOfUnion) {
    return new TargetScorerConfig(
        TargetScorerConfig.DepthConfig.defaults(),
        new TargetScorerConfig.OracleConfig(0.02, maxPointsOfUnion, 0.005),
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

  /** The metrics of the three views at a state, in their order. */
  static Map<String, DoubleColumn> metrics(
      TargetOracle oracle, TargetState state, double rootError) {
    List<CandidateError> errors =
        VIEWS.stream().map(view -> oracle.score(state, cloud(view))).toList();
    return new GainMetrics().target(rootError, state, errors).vectors();
  }
}
