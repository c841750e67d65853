package org.nbvrollouts.pipeline.geometry;

import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * A closed room of 6 × 5 × 2.8 m with bumpy walls and five bumpy spheres, at any resolution: the
 * scene of the benchmarks. Faces are of nearly equal size, walls about seven tenths of them.
 */
public final class BumpyRoom {
  private static final double[] SIZE = {6, 5, 2.8};
  private static final double[][] SPHERES = {
    {1.2, 1.1, 0.6, 0.5},
    {4.6, 1.4, 0.8, 0.7},
    {3.0, 2.6, 1.3, 0.45},
    {1.4, 3.9, 0.7, 0.6},
    {4.8, 3.8, 1.8, 0.55}
  };

  private final float[] vertices;
  private final int[] faces;
  private int vertexCount;
  private int indexCount;

  private BumpyRoom(int vertexCapacity, int faceCapacity) {
    vertices = new float[3 * vertexCapacity];
    faces = new int[3 * faceCapacity];
  }

  /** A mesh of about the wanted number of faces. */
  public static TriangleMesh mesh(int wantedFaces) {
    double area = 0;
    for (int axis = 0; axis < 3; axis++) {
      area += 2 * SIZE[axis] * SIZE[(axis + 1) % 3];
    }
    for (double[] sphere : SPHERES) {
      area += 4 * Math.PI * sphere[3] * sphere[3];
    }
    double edge = Math.sqrt(2 * area / wantedFaces);
    BumpyRoom room = new BumpyRoom(wantedFaces, 2 * wantedFaces);
    for (int axis = 0; axis < 3; axis++) {
      room.addWall(axis, 0, edge);
      room.addWall(axis, SIZE[axis], edge);
    }
    for (double[] sphere : SPHERES) {
      room.addSphere(sphere, edge);
    }
    return TriangleMesh.of(
        java.util.Arrays.copyOf(room.vertices, 3 * room.vertexCount),
        java.util.Arrays.copyOf(room.faces, room.indexCount));
  }

  /** Sixteen views from around the middle of the room, frame x left, y up, z forward. */
  public static Pose12 view(int index) {
    double yaw = index * Math.PI / 8;
    double pitch = -0.35 + 0.05 * (index % 4);
    double fx = StrictMath.cos(yaw) * StrictMath.cos(pitch);
    double fy = StrictMath.sin(yaw) * StrictMath.cos(pitch);
    double fz = StrictMath.sin(pitch);
    double lx = -StrictMath.sin(yaw);
    double ly = StrictMath.cos(yaw);
    double ux = fy * 0 - fz * ly;
    double uy = fz * lx - fx * 0;
    double uz = fx * ly - fy * lx;
    double tx = 2.4 + 0.3 * (index % 3);
    double ty = 1.9 + 0.2 * (index % 4);
    return new Pose12(lx, ux, fx, ly, uy, fy, 0, uz, fz, tx, ty, 1.5);
  }

  private static double bump(double x, double y, double z) {
    return 0.02 * StrictMath.sin(7 * x + 3 * z) * StrictMath.sin(6 * y - 5 * z)
        + 0.004 * StrictMath.sin(41 * x + 37 * y) * StrictMath.cos(43 * z + 11 * x);
  }

  private void addWall(int axis, double at, double edge) {
    int u = (axis + 1) % 3;
    int v = (axis + 2) % 3;
    int columns = Math.max(1, (int) Math.round(SIZE[u] / edge));
    int rows = Math.max(1, (int) Math.round(SIZE[v] / edge));
    int first = vertexCount;
    double[] point = new double[3];
    for (int row = 0; row <= rows; row++) {
      for (int column = 0; column <= columns; column++) {
        point[axis] = at;
        point[u] = SIZE[u] * column / columns;
        point[v] = SIZE[v] * row / rows;
        boolean isBorder = row == 0 || row == rows || column == 0 || column == columns;
        point[axis] += isBorder ? 0 : bump(point[0], point[1], point[2]);
        addVertex(point[0], point[1], point[2]);
      }
    }
    addGrid(first, columns, rows);
  }

  private void addSphere(double[] sphere, double edge) {
    int columns = Math.max(6, (int) Math.round(2 * Math.PI * sphere[3] / edge * 0.9));
    int rows = Math.max(4, columns / 2);
    int first = vertexCount;
    for (int row = 0; row <= rows; row++) {
      double polar = Math.PI * row / rows;
      for (int column = 0; column <= columns; column++) {
        double around = 2 * Math.PI * (column % columns) / columns;
        double dx = StrictMath.sin(polar) * StrictMath.cos(around);
        double dy = StrictMath.sin(polar) * StrictMath.sin(around);
        double dz = StrictMath.cos(polar);
        double radius = sphere[3] + (row == 0 || row == rows ? 0 : 3 * bump(dx, dy, dz));
        addVertex(sphere[0] + radius * dx, sphere[1] + radius * dy, sphere[2] + radius * dz);
      }
    }
    addGrid(first, columns, rows);
  }

  private void addVertex(double x, double y, double z) {
    vertices[3 * vertexCount] = (float) x;
    vertices[3 * vertexCount + 1] = (float) y;
    vertices[3 * vertexCount + 2] = (float) z;
    vertexCount++;
  }

  private void addGrid(int first, int columns, int rows) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        int a = first + row * (columns + 1) + column;
        int c = a + columns + 2;
        addFace(a, a + 1, c);
        addFace(a, c, c - 1);
      }
    }
  }

  private void addFace(int a, int b, int c) {
    faces[indexCount++] = a;
    faces[indexCount++] = b;
    faces[indexCount++] = c;
  }
}
