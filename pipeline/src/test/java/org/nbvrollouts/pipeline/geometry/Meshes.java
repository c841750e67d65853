package org.nbvrollouts.pipeline.geometry;

import java.util.SplittableRandom;
import org.nbvrollouts.store.source.TriangleMesh;

/** Meshes that tests compare with brute force; each is a function of its seed. */
public final class Meshes {
  private Meshes() {}

  /** Faces of mixed size at random places; a tenth of them degenerate in one of four ways. */
  public static TriangleMesh soup(SplittableRandom random, int faceCount, double scale) {
    float[] vertices = new float[9 * faceCount];
    int[] faces = new int[3 * faceCount];
    for (int face = 0; face < faceCount; face++) {
      double size = scale * (random.nextInt(5) == 0 ? 0.5 : 0.05);
      for (int corner = 0; corner < 3; corner++) {
        faces[3 * face + corner] = 3 * face + corner;
      }
      for (int axis = 0; axis < 3; axis++) {
        double centre = scale * (random.nextDouble() - 0.5);
        for (int corner = 0; corner < 3; corner++) {
          vertices[9 * face + 3 * corner + axis] =
              (float) (centre + size * (random.nextDouble() - 0.5));
        }
      }
      if (random.nextInt(10) == 0) {
        degenerate(random, vertices, 9 * face);
      }
    }
    return TriangleMesh.of(vertices, faces);
  }

  private static void degenerate(SplittableRandom random, float[] vertices, int base) {
    switch (random.nextInt(4)) {
      case 0 -> System.arraycopy(vertices, base, vertices, base + 3, 3);
      case 1 -> {
        System.arraycopy(vertices, base, vertices, base + 3, 3);
        System.arraycopy(vertices, base, vertices, base + 6, 3);
      }
      case 2 -> {
        for (int axis = 0; axis < 3; axis++) {
          vertices[base + 6 + axis] = (vertices[base + axis] + vertices[base + 3 + axis]) / 2;
        }
      }
      default -> {
        if (base >= 9) {
          System.arraycopy(vertices, base - 9, vertices, base, 9);
        }
      }
    }
  }

  /** A square grid of triangles in a plane with exactly representable coordinates. */
  public static TriangleMesh grid(int cells, float cellSize) {
    float[] vertices = new float[3 * (cells + 1) * (cells + 1)];
    int[] faces = new int[6 * cells * cells];
    int v = 0;
    for (int row = 0; row <= cells; row++) {
      for (int column = 0; column <= cells; column++) {
        vertices[v++] = column * cellSize;
        vertices[v++] = row * cellSize;
        vertices[v++] = 0;
      }
    }
    int f = 0;
    for (int row = 0; row < cells; row++) {
      for (int column = 0; column < cells; column++) {
        int corner = row * (cells + 1) + column;
        int[] quad = {
          corner, corner + 1, corner + cells + 2, corner, corner + cells + 2, corner + cells + 1
        };
        for (int vertex : quad) {
          faces[f++] = vertex;
        }
      }
    }
    return TriangleMesh.of(vertices, faces);
  }

  /** Copies of one face, so that every box and every middle coincide. */
  public static TriangleMesh duplicates(int faceCount) {
    int[] faces = new int[3 * faceCount];
    for (int i = 0; i < faces.length; i++) {
      faces[i] = i % 3;
    }
    return TriangleMesh.of(new float[] {0, 0, 0, 1, 0, 0, 0, 1, 0}, faces);
  }

  public static TriangleMesh empty() {
    return TriangleMesh.of(new float[0], new int[0]);
  }

  /** The same faces in another order: face i of the result is face {@code order[i]} of the mesh. */
  public static TriangleMesh reordered(TriangleMesh mesh, int[] order) {
    int[] faces = new int[3 * order.length];
    for (int face = 0; face < order.length; face++) {
      for (int corner = 0; corner < 3; corner++) {
        faces[3 * face + corner] = mesh.vertexOf(order[face], corner);
      }
    }
    return TriangleMesh.of(mesh.copyVertices(), faces);
  }

  /** A random permutation of 0 … count − 1. */
  public static int[] permutation(SplittableRandom random, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** The nine corner coordinates of every face in face order. */
  public static float[] corners(TriangleMesh mesh) {
    float[] corners = new float[9 * mesh.faceCount()];
    for (int i = 0; i < corners.length; i++) {
      corners[i] = mesh.cornerCoordinate(i / 9, i % 9 / 3, i % 3);
    }
    return corners;
  }
}
