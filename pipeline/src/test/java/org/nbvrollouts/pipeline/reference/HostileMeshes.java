package org.nbvrollouts.pipeline.reference;

import java.util.SplittableRandom;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Meshes made of everything that has ever been hard to measure: slivers, faces without area,
 * duplicates, patches with holes, faces in axis-aligned planes and faces whose area is about the
 * threshold of the distance rule.
 */
public final class HostileMeshes {
  private static final double LEG_AT_THRESHOLD = 0.1;

  private final SplittableRandom random;
  private final double scale;
  private final TriangleMesh.Builder mesh = TriangleMesh.builder();
  private final float[] previous = new float[9];

  private HostileMeshes(SplittableRandom random, double scale) {
    this.random = random;
    this.scale = scale;
  }

  /**
   * Some 10 to 120 faces within {@code 2 * scale} of a centre.
   *
   * @param scale size of the whole, metres
   */
  public static TriangleMesh of(SplittableRandom random, double scale, double[] centre) {
    HostileMeshes meshes = new HostileMeshes(random, scale);
    int parts = 4 + random.nextInt(20);
    for (int part = 0; part < parts; part++) {
      meshes.addPart(random.nextInt(9));
    }
    return moved(meshes.mesh.build(), centre);
  }

  /** The mesh with vertices rounded to multiples of 2⁻¹⁰, so that it can be moved exactly. */
  static TriangleMesh rounded(TriangleMesh mesh) {
    float[] vertices = mesh.copyVertices();
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = Math.round(vertices[i] * 1024) / 1024f;
    }
    return TriangleMesh.of(vertices, mesh.copyFaces());
  }

  private static TriangleMesh moved(TriangleMesh mesh, double[] offset) {
    float[] vertices = mesh.copyVertices();
    for (int i = 0; i < vertices.length; i++) {
      vertices[i] = (float) (vertices[i] + offset[i % 3]);
    }
    return TriangleMesh.of(vertices, mesh.copyFaces());
  }

  private void addPart(int kind) {
    switch (kind) {
      case 0, 1 -> addFace(corners(place(), random.nextDouble() * scale));
      case 2 -> addSliver(Math.pow(10, -12 * random.nextDouble()));
      case 3 -> addWithoutArea();
      case 4 -> addDuplicate();
      case 5 -> addPatch();
      case 6 -> addWall();
      default -> addAtThreshold();
    }
  }

  private double[] place() {
    return new double[] {coordinate(), coordinate(), coordinate()};
  }

  private double coordinate() {
    return scale * (2 * random.nextDouble() - 1);
  }

  private double[] corners(double[] centre, double size) {
    double[] corners = new double[9];
    for (int i = 0; i < 9; i++) {
      corners[i] = centre[i % 3] + size * (2 * random.nextDouble() - 1);
    }
    return corners;
  }

  private void addFace(double... corners) {
    int first = mesh.vertexCount();
    for (int i = 0; i < 9; i++) {
      previous[i] = (float) corners[i];
    }
    addPrevious(first, first + 1, first + 2);
  }

  private void addPrevious(int a, int b, int c) {
    for (int corner = 0; corner < 3; corner++) {
      mesh.addVertex(previous[3 * corner], previous[3 * corner + 1], previous[3 * corner + 2]);
    }
    mesh.addFace(a, b, c);
  }

  /** Third corner almost on the line through the other two, also beyond them. */
  private void addSliver(double relativeHeight) {
    double[] corners = corners(place(), scale);
    double along = 2 * random.nextDouble() - 0.5;
    for (int axis = 0; axis < 3; axis++) {
      double a = corners[axis];
      double b = corners[3 + axis];
      corners[6 + axis] = a + along * (b - a) + relativeHeight * coordinate();
    }
    addFace(corners);
  }

  private void addWithoutArea() {
    double[] corners = corners(place(), scale);
    int copies = 1 + random.nextInt(2);
    for (int copy = 1; copy <= copies; copy++) {
      System.arraycopy(corners, 0, corners, 3 * copy, 3);
    }
    if (random.nextBoolean()) {
      corners[8] += 5e-5;
    }
    addFace(corners);
  }

  /** The last face again, possibly seen from behind. */
  private void addDuplicate() {
    int first = mesh.vertexCount();
    if (random.nextBoolean()) {
      addPrevious(first, first + 1, first + 2);
    } else {
      addPrevious(first + 2, first + 1, first);
    }
  }

  /** A bumpy grid with shared vertices and holes. */
  private void addPatch() {
    int cells = 2 + random.nextInt(3);
    double step = scale * (0.05 + 0.3 * random.nextDouble());
    double[] corner = place();
    int first = mesh.vertexCount();
    for (int row = 0; row <= cells; row++) {
      for (int column = 0; column <= cells; column++) {
        double bump = random.nextInt(3) == 0 ? 0.2 * step * random.nextDouble() : 0;
        mesh.addVertex(
            (float) (corner[0] + column * step),
            (float) (corner[1] + row * step),
            (float) (corner[2] + bump));
      }
    }
    for (int cell = 0; cell < cells * cells; cell++) {
      int at = first + cell / cells * (cells + 1) + cell % cells;
      if (random.nextInt(5) > 0) {
        mesh.addFace(at, at + 1, at + cells + 2);
      }
      if (random.nextInt(5) > 0) {
        mesh.addFace(at, at + cells + 2, at + cells + 1);
      }
    }
  }

  /** A square in an axis-aligned plane through a round coordinate, two faces. */
  private void addWall() {
    int axis = random.nextInt(3);
    double level = scale * (random.nextInt(5) - 2) / 2;
    double[] low = place();
    double side = scale * (0.2 + random.nextDouble());
    double[][] square = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    double[] all = new double[12];
    for (int corner = 0; corner < 4; corner++) {
      all[3 * corner + axis] = level;
      all[3 * corner + (axis + 1) % 3] = low[0] + side * square[corner][0];
      all[3 * corner + (axis + 2) % 3] = low[1] + side * square[corner][1];
    }
    addFace(all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7], all[8]);
    addFace(all[0], all[1], all[2], all[6], all[7], all[8], all[9], all[10], all[11]);
  }

  /** A right triangle whose area is 0.005 m² up to a factor around 1. */
  private void addAtThreshold() {
    double[] at = place();
    double[] factors = {0.2, 0.999, 1 - 1e-7, 1, 1 + 1e-7, 1.001, 2};
    double leg = LEG_AT_THRESHOLD * Math.sqrt(factors[random.nextInt(factors.length)]);
    double tilt = random.nextInt(2) * random.nextDouble();
    addFace(
        at[0],
        at[1],
        at[2],
        at[0] + leg,
        at[1],
        at[2],
        at[0],
        at[1] + leg * Math.cos(tilt),
        at[2] + leg * Math.sin(tilt));
  }
}
