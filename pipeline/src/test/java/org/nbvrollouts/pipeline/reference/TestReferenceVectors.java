package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.oracle.EvalPointCloudSource;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** The definition against the golden numbers of {@code render_and_rri.json}. */
final class TestReferenceVectors {
  private static final JsonNode VECTORS = GoldenVectors.load("render_and_rri");

  /** The poses of the file are rounded to eight decimals, as its results are. */
  private static final double TOLERANCE = 1e-7;

  private static final List<String> VIEWS = List.of("A", "B", "C");

  @Test
  void viewsAreThoseOfTheVectors() {
    for (String name : VIEWS) {
      JsonNode view = VECTORS.get("views").get(name);
      Pose12 pose = GoldenVectors.pose(view.get("pose_world_cam"));
      for (int row = 0; row < 8; row++) {
        for (int column = 0; column < 8; column++) {
          ReferenceDepth.Pixel pixel = depth().pixel(pose, row, column);
          String what = "view " + name + " pixel " + row + ", " + column;
          assertThat(pixel.depth())
              .as(what)
              .isCloseTo(view.get("depth_m").get(row).get(column).asDouble(), tolerance());
          assertThat(pixel.face())
              .as(what)
              .isEqualTo(view.get("face").get(row).get(column).asInt());
          assertThat(pixel.isValid())
              .as(what)
              .isEqualTo(view.get("valid").get(row).get(column).asInt() == 1);
        }
      }
      assertSamePoints(depth().points(pose, 1), view.get("points_world"));
    }
  }

  @Test
  void rolloutIsThatOfTheVectors() {
    ReferenceOracle oracle = new ReferenceOracle(config(), mesh());
    List<Point3> root = points(VECTORS.get("root_points_raw"));
    List<List<Point3>> clouds =
        VIEWS.stream()
            .map(name -> VECTORS.get("views").get(name).get("pose_world_cam"))
            .map(pose -> depth().points(GoldenVectors.pose(pose), 1))
            .toList();
    ReferenceNode first = oracle.target(target(), root, List.of(), clouds).orElseThrow();
    double rootError = first.before().distance();
    assertSameNode(first, VECTORS.get("step0"), rootError);
    int selected = VIEWS.indexOf(VECTORS.get("step0_selected").asText());
    ReferenceNode second =
        oracle.target(target(), root, List.of(clouds.get(selected)), clouds).orElseThrow();
    assertSameNode(second, VECTORS.get("step1"), rootError);
    assertThat(first.logErrorGain(selected))
        .isCloseTo(VECTORS.get("step0").get("B").get("log_gain").asDouble(), tolerance());
  }

  @Test
  void fusionAndCapsAreThoseOfTheVectors() {
    JsonNode fuse = VECTORS.get("fuse");
    List<Point3> points = points(fuse.get("points"));
    double voxel = fuse.get("voxel").asDouble();
    JsonNode balanced = VECTORS.get("source_balanced_cap");

    assertSamePoints(ReferenceFusion.fuse(points, voxel, OptionalInt.empty()), fuse.get("fused"));
    assertSamePoints(
        ReferenceFusion.fuse(points, voxel, OptionalInt.of(3)), fuse.get("fused_cap3"));
    assertSamePoints(
        ReferenceFusion.balancedUnion(
            points(balanced.get("root")),
            points(balanced.get("query")),
            balanced.get("cap").asInt()),
        balanced.get("result"));
  }

  private static void assertSameNode(ReferenceNode node, JsonNode step, double rootErrorM2) {
    for (int i = 0; i < VIEWS.size(); i++) {
      JsonNode expected = step.get(VIEWS.get(i));
      ReferenceCandidate candidate = node.candidates().get(i);
      assertThat(candidate.support()).isEqualTo(expected.get("n_query").asInt());
      assertThat(node.currentSupport() + candidate.support())
          .isEqualTo(expected.get("n_union").asInt());
      assertSame(node.before(), expected, "before");
      assertSame(candidate.after(), expected, "after");
      assertThat(node.relativeGain(i)).isCloseTo(expected.get("rri").asDouble(), tolerance());
      assertThat(node.rootGain(i, rootErrorM2))
          .isCloseTo(expected.get("root_gain").asDouble(), tolerance());
    }
  }

  private static void assertSame(ReferenceError error, JsonNode expected, String when) {
    assertThat(error.accuracy()).isCloseTo(expected.get("acc_" + when).asDouble(), tolerance());
    assertThat(error.completeness())
        .isCloseTo(expected.get("comp_" + when).asDouble(), tolerance());
    assertThat(error.distance()).isCloseTo(expected.get("dist_" + when).asDouble(), tolerance());
  }

  private static void assertSamePoints(List<Point3> actual, JsonNode expected) {
    List<Point3> points = points(expected);
    assertThat(actual).hasSameSizeAs(points);
    for (int i = 0; i < points.size(); i++) {
      assertThat(actual.get(i).x()).isCloseTo(points.get(i).x(), tolerance());
      assertThat(actual.get(i).y()).isCloseTo(points.get(i).y(), tolerance());
      assertThat(actual.get(i).z()).isCloseTo(points.get(i).z(), tolerance());
    }
  }

  private static Offset<Double> tolerance() {
    return within(TOLERANCE);
  }

  private static List<Point3> points(JsonNode triples) {
    List<Point3> points = new ArrayList<>();
    for (JsonNode triple : triples) {
      double[] xyz = GoldenVectors.numbers(triple);
      points.add(new Point3(xyz[0], xyz[1], xyz[2]));
    }
    return points;
  }

  private static ReferenceDepth depth() {
    JsonNode camera = VECTORS.get("camera");
    PinholeCamera pinhole =
        new PinholeCamera(
            camera.get("width").asInt(),
            camera.get("height").asInt(),
            camera.get("fx").asDouble(),
            camera.get("fy").asDouble(),
            camera.get("cx").asDouble(),
            camera.get("cy").asDouble());
    return new ReferenceDepth(
        mesh(), pinhole, camera.get("znear").asDouble(), camera.get("zfar").asDouble());
  }

  private static TriangleMesh mesh() {
    TriangleMesh.Builder mesh = TriangleMesh.builder();
    for (Point3 vertex : points(VECTORS.get("mesh").get("vertices"))) {
      mesh.addVertex((float) vertex.x(), (float) vertex.y(), (float) vertex.z());
    }
    for (JsonNode face : VECTORS.get("mesh").get("faces")) {
      mesh.addFace(face.get(0).asInt(), face.get(1).asInt(), face.get(2).asInt());
    }
    return mesh.build();
  }

  private static OracleTarget target() {
    JsonNode box = VECTORS.get("target_obb");
    double[] min = GoldenVectors.numbers(box.get("bb3_min"));
    double[] max = GoldenVectors.numbers(box.get("bb3_max"));
    return new OracleTarget(
        "cube",
        0,
        GoldenVectors.pose(box.get("T_world_object")),
        new AxisAlignedBox(min[0], max[0], min[1], max[1], min[2], max[2]));
  }

  private static TargetScorerConfig config() {
    return new TargetScorerConfig(
        TargetScorerConfig.DepthConfig.defaults(),
        TargetScorerConfig.OracleConfig.defaults(),
        1,
        VECTORS.get("target_obb").get("margin_m").asDouble(),
        1,
        false,
        EvalPointCloudSource.AUTO,
        "rgb",
        OptionalDouble.empty(),
        VECTORS.get("voxel_m").asDouble(),
        200_000,
        50_000,
        RewardMode.ROOT_NORMALIZED_GAIN);
  }
}
