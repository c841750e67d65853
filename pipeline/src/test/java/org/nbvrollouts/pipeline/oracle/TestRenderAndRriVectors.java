package org.nbvrollouts.pipeline.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;
import org.nbvrollouts.pipeline.render.DepthImage;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.rollout.ChainReturns;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.TriangleMesh;

/** Every number of the golden file is an input or compared. */
final class TestRenderAndRriVectors {
  /** Poses carry eight decimals; depth amplifies their rounding by about 10. */
  private static final double ROUNDED = 1e-7;

  private static final Map<String, String> METRICS =
      Map.ofEntries(
          Map.entry("acc_before", "target_pm_acc_before"),
          Map.entry("comp_before", "target_pm_comp_before"),
          Map.entry("dist_before", "target_pm_dist_before"),
          Map.entry("acc_after", "target_pm_acc_after"),
          Map.entry("comp_after", "target_pm_comp_after"),
          Map.entry("dist_after", "target_pm_dist_after"),
          Map.entry("rri", "target_rri"),
          Map.entry("log_gain", "target_log_error_gain"),
          Map.entry("root_gain", "target_root_gain"),
          Map.entry("n_query", "target_candidate_support"));

  private final VectorCheck check = VectorCheck.of("render_and_rri");
  private final JsonNode golden = check.golden();
  private final VoxelFusion fusion = new VoxelFusion();

  @Test
  void everyNumberOfTheFileIsReproduced() throws UnscorableTargetException {
    crop(golden.get("crop"));
    for (String name : CubeRollout.VIEWS) {
      view(name, golden.get("views").get(name));
    }
    rollout();
    triangle(golden.get("small_triangle"));
    triangle(golden.get("large_triangle"));
    fusion(golden.get("fuse"));
    balancedCap(golden.get("source_balanced_cap"));
    check.everythingCompared(
        1246,
        "mesh",
        "target_obb",
        "camera",
        "pose_world_cam",
        "root_points_raw",
        "voxel_m",
        "small_triangle/triangle",
        "small_triangle/point",
        "large_triangle/triangle",
        "large_triangle/point",
        "fuse/points",
        "fuse/voxel",
        "cap_index_rule/N",
        "cap_index_rule/cap",
        "source_balanced_cap/root",
        "source_balanced_cap/query",
        "source_balanced_cap/cap");
  }

  private void crop(JsonNode crop) {
    TriangleMesh mesh = CubeRollout.mesh();
    TriangleMesh kept = cubeCrop().crop(mesh);
    check.same("num_faces", kept.faceCount(), crop.get("num_faces").asInt());
    for (int face = 0; face < crop.get("kept_face_ids").size(); face++) {
      int id = crop.get("kept_face_ids").get(face).asInt();
      check.same("kept_face_ids", corners(kept, face), corners(mesh, id));
    }
    assertThat(kept.vertexCount()).isEqualTo(crop.get("kept_vertex_ids").size());
    for (int vertex = 0; vertex < kept.vertexCount(); vertex++) {
      int id = crop.get("kept_vertex_ids").get(vertex).asInt();
      check.same("kept_vertex_ids", coordinates(kept, vertex), coordinates(mesh, id));
    }
  }

  private void view(String name, JsonNode view) {
    DepthImage image = CubeRollout.renderer().newImage();
    CubeRollout.renderer()
        .render(GoldenVectors.pose(view.get("pose_world_cam")), CubeRollout.caster(), image);
    for (int row = 0; row < image.height(); row++) {
      for (int column = 0; column < image.width(); column++) {
        String pixel = name + ", row " + row + ", column " + column;
        JsonNode depth = view.get("depth_m").get(row).get(column);
        check.number(pixel, image.depth(row, column), depth, ROUNDED);
        check.number(pixel, image.face(row, column), view.get("face").get(row).get(column));
        int valid = image.isValid(row, column) ? 1 : 0;
        check.number(pixel, valid, view.get("valid").get(row).get(column));
      }
    }
    PointBuffer points = CubeRollout.cloud(name);
    check.number(name, image.validCount(), view.get("num_points"));
    check.numbers(name, points.toArray(), view.get("points_world"), ROUNDED);
    PointBuffer inside = cubeCrop().inside(points);
    check.number(name, inside.size(), view.get("num_in_crop"));
    check.numbers(name, inside.toArray(), view.get("crop"), ROUNDED);
  }

  private void rollout() throws UnscorableTargetException {
    double voxel = golden.get("voxel_m").asDouble();
    PointBuffer raw = Points.of(golden.get("root_points_raw"));
    PointBuffer fused = fusion.fuse(raw, voxel, VoxelFusion.NO_CAP);
    check.numbers("root_points_fused", fused.toArray(), golden.get("root_points_fused"));
    TargetOracle oracle =
        TargetOracle.of(CubeRollout.config(), fusion, CubeRollout.target(), CubeRollout.mesh());
    TargetState root = oracle.root(fused);
    PointBuffer state = root.current().points();
    check.numbers("state0_points", state.toArray(), golden.get("state0_points"));
    double rootError = root.error().distance();
    Map<String, DoubleColumn> first = CubeRollout.metrics(oracle, root, rootError);
    step(golden.get("step0"), first, root.support());
    int chosen = best(first);
    check.same("step0", CubeRollout.VIEWS.get(chosen), golden.get("step0_selected").asText());
    check.number(
        "dist_after_step0_selected",
        first.get("target_pm_dist_after").at(chosen),
        golden.get("dist_after_step0_selected"),
        ROUNDED);

    TargetState next = oracle.after(root, CubeRollout.cloud(CubeRollout.VIEWS.get(chosen)));
    JsonNode state1 = golden.get("state1_points");
    check.numbers("state1_points", inOrderOf(state1, next.current().points()), state1, ROUNDED);
    check.number(
        "dist_before_step1", next.error().distance(), golden.get("dist_before_step1"), ROUNDED);
    Map<String, DoubleColumn> second = CubeRollout.metrics(oracle, next, rootError);
    step(golden.get("step1"), second, next.support());
    int last = best(second);
    check.same("step1", CubeRollout.VIEWS.get(last), golden.get("step1_selected").asText());
    ChainReturns returns = ChainReturns.of(List.of(step(first, chosen), step(second, last)), 1);
    check.number(
        "cumulative_root_gain", returns.discountedReturn(), golden.get("cumulative_root_gain"));
    check.number("endpoint_gain", returns.endPointGain(), golden.get("endpoint_gain"));
  }

  private static ChainReturns.ChosenStep step(Map<String, DoubleColumn> metrics, int row) {
    return new ChainReturns.ChosenStep(
        metrics.get("target_root_gain").at(row),
        metrics.get("target_pm_dist_before").at(row),
        metrics.get("target_pm_dist_after").at(row));
  }

  private void step(JsonNode step, Map<String, DoubleColumn> metrics, int currentSupport) {
    for (int i = 0; i < CubeRollout.VIEWS.size(); i++) {
      String view = CubeRollout.VIEWS.get(i);
      for (Map.Entry<String, JsonNode> number : step.get(view).properties()) {
        double actual =
            number.getKey().equals("n_union")
                ? currentSupport + metrics.get("target_candidate_support").at(i)
                : metrics.get(METRICS.get(number.getKey())).at(i);
        check.number(number.getKey() + " of view " + view, actual, number.getValue(), ROUNDED);
      }
    }
  }

  private void triangle(JsonNode triangle) {
    double area = triangle.get("area_m2").asDouble();
    check.number("d2_exact", distance(triangle, 0), triangle.get("d2_exact"));
    check.number("d2_reference", distance(triangle, 0.005), triangle.get("d2_reference"));
    if (triangle.has("d2_reference_threshold0")) {
      check.number("threshold 0", distance(triangle, 0), triangle.get("d2_reference_threshold0"));
    }
    // The corners are float32: the area is the threshold at which the interior vanishes.
    check.same(
        "area_m2",
        distance(triangle, area * (1 - 1e-6)) < distance(triangle, area * (1 + 1e-6)),
        true);
  }

  private static double distance(JsonNode triangle, double minTriangleAreaM2) {
    double[] point = GoldenVectors.numbers(triangle.get("point"));
    TriangleMesh mesh = GoldenVectors.mesh(triangle.get("triangle"), 0, 1, 2);
    return new PointMeshDistance(Bvh.build(mesh), minTriangleAreaM2)
        .squaredDistance(point[0], point[1], point[2]);
  }

  private void fusion(JsonNode fuse) {
    PointBuffer points = Points.of(fuse.get("points"));
    double voxel = fuse.get("voxel").asDouble();
    PointBuffer fused = fusion.fuse(points, voxel, VoxelFusion.NO_CAP);
    check.numbers("fused", fused.toArray(), fuse.get("fused"));
    check.numbers("fused_cap3", fusion.fuse(points, voxel, 3).toArray(), fuse.get("fused_cap3"));
    JsonNode rule = fuse.get("cap_index_rule");
    PointBuffer numbered = new PointBuffer(1);
    IntStream.range(0, rule.get("N").asInt()).forEach(i -> numbered.add(i, 0, 0));
    PointBuffer kept = VoxelFusion.thin(numbered, rule.get("cap").asInt());
    double[] rows = IntStream.range(0, kept.size()).mapToDouble(kept::x).toArray();
    check.numbers("indices", rows, rule.get("indices"));
  }

  private void balancedCap(JsonNode balanced) {
    PointBuffer root = Points.of(balanced.get("root"));
    PointBuffer query = Points.of(balanced.get("query"));
    PointBuffer union = VoxelFusion.balancedUnion(root, query, balanced.get("cap").asInt());
    check.numbers("result", union.toArray(), balanced.get("result"));
    double queryHeight = query.z(0);
    int fromQuery =
        (int) IntStream.range(0, union.size()).filter(i -> union.z(i) == queryHeight).count();
    check.number("query_budget", fromQuery, balanced.get("query_budget"));
    check.number("root_budget", union.size() - fromQuery, balanced.get("root_budget"));
  }

  private static TargetCrop cubeCrop() {
    return TargetCrop.of(CubeRollout.target(), CubeRollout.config().targetCropMarginMetres());
  }

  private static int best(Map<String, DoubleColumn> metrics) {
    DoubleColumn gains = metrics.get("target_root_gain");
    return IntStream.range(0, gains.length())
        .boxed()
        .max(Comparator.comparingDouble(gains::at))
        .orElseThrow();
  }

  /** Many of the points have y = -0.5, a cell boundary: rounding decides about their order. */
  private static double[] inOrderOf(JsonNode rows, PointBuffer points) {
    List<Integer> goldenByX = byX(rows.size(), i -> rows.get(i).get(0).asDouble());
    List<Integer> byX = byX(points.size(), points::x);
    double[] ordered = new double[3 * points.size()];
    for (int i = 0; i < points.size(); i++) {
      int point = byX.get(i);
      int place = 3 * goldenByX.get(i);
      ordered[place] = points.x(point);
      ordered[place + 1] = points.y(point);
      ordered[place + 2] = points.z(point);
    }
    return ordered;
  }

  private static List<Integer> byX(int count, IntToDoubleFunction x) {
    return IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(x::applyAsDouble))
        .toList();
  }

  private static List<List<Double>> corners(TriangleMesh mesh, int face) {
    return IntStream.range(0, 3)
        .mapToObj(corner -> coordinates(mesh, mesh.vertexOf(face, corner)))
        .toList();
  }

  private static List<Double> coordinates(TriangleMesh mesh, int vertex) {
    List<Double> xyz = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      xyz.add((double) mesh.coordinate(vertex, axis));
    }
    return xyz;
  }
}
