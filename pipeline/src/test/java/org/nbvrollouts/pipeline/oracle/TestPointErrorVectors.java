package org.nbvrollouts.pipeline.oracle;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.geometry.PointMeshDistance;
import org.nbvrollouts.pipeline.geometry.PointTriangle;
import org.nbvrollouts.pipeline.vectors.VectorCheck;

/** Golden numbers of fusion and of errors that stand beside other subjects in their files. */
final class TestPointErrorVectors {
  /** The vertices of the grid are float32: an edge is off by 6e-8 m. */
  private static final double FLOAT_VERTICES = 1e-7;

  @Test
  void everyNumberOfTheTessellatedPlaneIsReproduced() {
    VectorCheck check = VectorCheck.of("rng_and_tessellation", "tessellated_plane");
    JsonNode plane = check.golden();
    int n = plane.get("n").asInt();
    Bvh bvh = Bvh.build(Meshes.grid(n, 1f / n));
    check.number("cell_triangle_area", 1.0 / bvh.faceCount(), plane.get("cell_triangle_area"));
    PointBuffer points = Points.of(plane.get("points"));
    for (String mode : new String[] {"reference", "exact"}) {
      double minArea = mode.equals("exact") ? 0 : PointTriangle.DEFAULT_MIN_AREA_M2;
      JsonNode expected = plane.get("results").get(mode);
      PointMeshDistance distance = new PointMeshDistance(bvh, minArea);
      double[] perPoint = new double[points.size()];
      for (int i = 0; i < perPoint.length; i++) {
        perPoint[i] = distance.squaredDistance(points.x(i), points.y(i), points.z(i));
      }
      check.numbers(mode, perPoint, expected.get("per_point_d2"), FLOAT_VERTICES);
      PointMeshError error = new MeshEvaluator(bvh, minArea).evaluate(points).error();
      check.number(mode, error.accuracy(), expected.get("accuracy"), FLOAT_VERTICES);
      check.number(mode, error.completeness(), expected.get("completeness"), FLOAT_VERTICES);
      check.number(mode, error.distance(), expected.get("dist"), FLOAT_VERTICES);
    }
    check.everythingCompared(13, "n", "points");
  }

  @Test
  void everyNumberOfTheMergedPointsIsReproduced() {
    VectorCheck check = VectorCheck.of("selection_and_rules", "fuse_merge");
    JsonNode merge = check.golden();
    PointBuffer root = Points.of(merge.get("root"));
    PointBuffer query = Points.of(merge.get("query"));
    PointBuffer union = VoxelFusion.balancedUnion(root, query, 200_000);
    check.numbers("union_for_scoring", union.toArray(), merge.get("union_for_scoring"));
    PointBuffer next =
        new VoxelFusion().fuse(union, merge.get("voxel").asDouble(), VoxelFusion.NO_CAP);
    check.numbers("next_state", next.toArray(), merge.get("next_state"));
    check.everythingCompared(9, "voxel", "root", "query");
  }
}
