package org.nbvrollouts.pipeline.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.TriangleMesh;

class TestPointTriangle {
  private static final Offset<Double> ROUNDED = Offset.offset(2 * Vectors.JSON_ROUNDING);

  @Test
  void smallTriangleIsMeasuredToItsEdges() {
    JsonNode vectors = Vectors.read("render_and_rri.json");
    for (String name : new String[] {"small_triangle", "large_triangle"}) {
      JsonNode vector = vectors.get(name);
      assertThat(distance(vector, 0.005))
          .as(name)
          .isCloseTo(vector.get("d2_reference").asDouble(), ROUNDED);
      assertThat(distance(vector, 0))
          .as(name)
          .isCloseTo(vector.get("d2_exact").asDouble(), ROUNDED);
    }
  }

  @Test
  void tessellatedPlaneHasTheErrorsOfTheVector() {
    JsonNode vector = Vectors.read("rng_and_tessellation.json").get("tessellated_plane");
    int n = vector.get("n").asInt();
    double[] points = Vectors.flat(vector.get("points"));
    Bvh bvh = Bvh.build(Meshes.grid(n, 1f / n));
    for (String mode : new String[] {"reference", "exact"}) {
      double minArea = mode.equals("exact") ? 0 : PointTriangle.DEFAULT_MIN_AREA_M2;
      JsonNode expected = vector.get("results").get(mode);
      double[] perPoint = Vectors.doubles(expected.get("per_point_d2"));
      PointMeshDistance distance = new PointMeshDistance(bvh, minArea);
      for (int i = 0; i < perPoint.length; i++) {
        // The vertices of the grid are float32: an edge is off by 6e-8 m at 0.03 m distance.
        assertThat(distance.squaredDistance(points[3 * i], points[3 * i + 1], points[3 * i + 2]))
            .as("%s, point %d", mode, i)
            .isCloseTo(perPoint[i], ROUNDED);
      }
      FaceDistances faces = new FaceDistances(bvh, minArea);
      faces.lower(points, 3);
      assertThat(faces.mean())
          .as(mode)
          .isCloseTo(expected.get("completeness").asDouble(), Offset.offset(1e-7));
    }
  }

  @Test
  void shortEdgeCountsAsItsSecondEndPoint() {
    float[] corners = {0, 0, 0, 0.00005f, 0, 0, 0, 0.00005f, 0};
    double toSecond = square(0.00005f) + 1;
    assertThat(PointTriangle.squaredDistance(0, 0, 1, corners, 0, 0)).isEqualTo(1.0);
    assertThat(PointTriangle.squaredDistance(0, 0, 1, corners, 0, 1)).isEqualTo(toSecond);
  }

  @Test
  void noDegenerateTriangleGivesNaNOrLessThanTheExactDistance() {
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 20_000; i++) {
      float[] corners = sliver(random);
      double x = random.nextDouble() - 0.5;
      double y = random.nextDouble() - 0.5;
      double z = random.nextDouble() - 0.5;
      double exact = PointTriangle.squaredDistance(x, y, z, corners, 0, 0);
      double thresholded = PointTriangle.squaredDistance(x, y, z, corners, 0, 1e-4);
      assertThat(exact).as("seed=17, triangle %d", i).isNotNaN();
      // Both measure to a point of the triangle; slivers beside the threshold differ by rounding.
      assertThat(thresholded).as("seed=17, triangle %d", i).isGreaterThanOrEqualTo(exact - 1e-12);
      assertThat(exact)
          .as("seed=17, triangle %d", i)
          .isLessThanOrEqualTo(sampled(corners, x, y, z) + 2.1e-4);
    }
  }

  /** Least squared distance to points on the triangle, never below the exact one. */
  private static double sampled(float[] corners, double x, double y, double z) {
    double best = Double.POSITIVE_INFINITY;
    int steps = 8;
    for (int i = 0; i <= steps; i++) {
      for (int j = 0; i + j <= steps; j++) {
        double d2 = 0;
        double[] point = {x, y, z};
        for (int axis = 0; axis < 3; axis++) {
          double q =
              corners[axis]
                  + (double) i / steps * (corners[3 + axis] - corners[axis])
                  + (double) j / steps * (corners[6 + axis] - corners[axis]);
          d2 += square(point[axis] - q);
        }
        best = Math.min(best, d2);
      }
    }
    return best;
  }

  /** Three nearly or exactly collinear, or nearly or exactly coinciding corners. */
  private static float[] sliver(SplittableRandom random) {
    float[] corners = new float[9];
    double along = random.nextInt(4) == 0 ? 0 : random.nextDouble();
    double width = random.nextInt(3) == 0 ? 0 : StrictMath.pow(10, -8 * random.nextDouble());
    for (int axis = 0; axis < 3; axis++) {
      double a = random.nextDouble() - 0.5;
      double b = random.nextInt(5) == 0 ? a : random.nextDouble() - 0.5;
      corners[axis] = (float) a;
      corners[3 + axis] = (float) b;
      corners[6 + axis] = (float) (a + along * (b - a) + width * (random.nextDouble() - 0.5));
    }
    return corners;
  }

  private static double distance(JsonNode vector, double minArea) {
    double[] wide = Vectors.flat(vector.get("triangle"));
    float[] vertices = new float[9];
    for (int i = 0; i < 9; i++) {
      vertices[i] = (float) wide[i];
    }
    double[] point = Vectors.doubles(vector.get("point"));
    Bvh bvh = Bvh.build(TriangleMesh.of(vertices, new int[] {0, 1, 2}));
    return new PointMeshDistance(bvh, minArea).squaredDistance(point[0], point[1], point[2]);
  }

  private static double square(double value) {
    return value * value;
  }
}
