package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Cuts the faces of a mesh at the middle of their longest edge until no edge is longer than a
 * limit. The surface stays what it is and faces that shared an edge share its parts, so meshes of
 * different resolution differ in nothing but their number of faces. Deterministic.
 */
public final class MeshRefiner {
  private static final int ROUNDS = 48;
  private static final double TOLERANCE = 0.005;

  private final double limitSquared;
  private final TriangleMesh.Builder refined = TriangleMesh.builder();
  private final Map<Long, Integer> middles = new HashMap<>();
  private float[] coordinates;
  private int vertexCount;

  private MeshRefiner(TriangleMesh mesh, double limitSquared) {
    this.limitSquared = limitSquared;
    this.coordinates = new float[6 * mesh.vertexCount()];
    for (int vertex = 0; vertex < mesh.vertexCount(); vertex++) {
      addVertex(mesh.coordinate(vertex, 0), mesh.coordinate(vertex, 1), mesh.coordinate(vertex, 2));
    }
  }

  /**
   * The mesh with about the wanted number of faces; the mesh itself if it has as many already.
   *
   * @param wantedFaces at least 1
   */
  public static TriangleMesh refine(TriangleMesh mesh, int wantedFaces) {
    if (wantedFaces < 1) {
      throw new IllegalArgumentException(
          "Invalid number of faces: " + wantedFaces + " (expected at least 1)");
    }
    if (mesh.faceCount() >= wantedFaces) {
      return mesh;
    }
    MeshRefiner refiner = new MeshRefiner(mesh, limitSquared(mesh, wantedFaces));
    for (int face = 0; face < mesh.faceCount(); face++) {
      refiner.cut(mesh.vertexOf(face, 0), mesh.vertexOf(face, 1), mesh.vertexOf(face, 2));
    }
    return refiner.refined.build();
  }

  /** Halves the interval of limits until the count is near, on squared lengths alone. */
  private static double limitSquared(TriangleMesh mesh, int wantedFaces) {
    double[] sides = new double[3 * mesh.faceCount()];
    double high = 0;
    for (int i = 0; i < sides.length; i++) {
      sides[i] = side(mesh, i / 3, i % 3);
      high = Math.max(high, sides[i]);
    }
    double low = high * StrictMath.pow(2, -ROUNDS);
    double limit = high;
    for (int round = 0; round < ROUNDS; round++) {
      limit = Math.sqrt(low * high);
      long count = count(sides, limit, 2L * wantedFaces);
      if (Math.abs(count - (double) wantedFaces) <= TOLERANCE * wantedFaces) {
        break;
      }
      if (count > wantedFaces) {
        low = limit;
      } else {
        high = limit;
      }
    }
    return limit;
  }

  private static double side(TriangleMesh mesh, int face, int corner) {
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
      double d =
          (double) mesh.cornerCoordinate(face, corner, axis)
              - mesh.cornerCoordinate(face, (corner + 1) % 3, axis);
      sum += d * d;
    }
    return sum;
  }

  /** Faces after cutting; stops counting above {@code enough}. */
  private static long count(double[] sides, double limit, long enough) {
    long count = 0;
    for (int i = 0; i < sides.length && count <= enough; i += 3) {
      count += count(sides[i], sides[i + 1], sides[i + 2], limit);
    }
    return count;
  }

  private static long count(double a, double b, double c, double limit) {
    if (a < b || a < c) {
      return count(b, c, a, limit);
    }
    if (a <= limit) {
      return 1;
    }
    double median = Math.max(0, (2 * b + 2 * c - a) / 4);
    return count(a / 4, b, median, limit) + count(a / 4, c, median, limit);
  }

  private void cut(int a, int b, int c) {
    double ab = squared(a, b);
    double bc = squared(b, c);
    double ca = squared(c, a);
    if (Math.max(ab, Math.max(bc, ca)) <= limitSquared) {
      refined.addFace(a, b, c);
    } else if (ab >= bc && ab >= ca) {
      halve(a, b, c);
    } else if (bc >= ca) {
      halve(b, c, a);
    } else {
      halve(c, a, b);
    }
  }

  private void halve(int from, int to, int opposite) {
    int middle = middle(from, to);
    cut(from, middle, opposite);
    cut(middle, to, opposite);
  }

  private int middle(int a, int b) {
    long edge = ((long) Math.min(a, b) << 32) | Math.max(a, b);
    Integer known = middles.get(edge);
    if (known != null) {
      return known;
    }
    int middle =
        addVertex(
            (coordinates[3 * a] + coordinates[3 * b]) / 2,
            (coordinates[3 * a + 1] + coordinates[3 * b + 1]) / 2,
            (coordinates[3 * a + 2] + coordinates[3 * b + 2]) / 2);
    middles.put(edge, middle);
    return middle;
  }

  private int addVertex(float x, float y, float z) {
    if (3 * vertexCount + 3 > coordinates.length) {
      coordinates = Arrays.copyOf(coordinates, 2 * coordinates.length);
    }
    coordinates[3 * vertexCount] = x;
    coordinates[3 * vertexCount + 1] = y;
    coordinates[3 * vertexCount + 2] = z;
    refined.addVertex(x, y, z);
    return vertexCount++;
  }

  private double squared(int a, int b) {
    double dx = (double) coordinates[3 * a] - coordinates[3 * b];
    double dy = (double) coordinates[3 * a + 1] - coordinates[3 * b + 1];
    double dz = (double) coordinates[3 * a + 2] - coordinates[3 * b + 2];
    return dx * dx + dy * dy + dz * dz;
  }
}
