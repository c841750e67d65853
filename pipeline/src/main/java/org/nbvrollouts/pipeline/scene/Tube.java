package org.nbvrollouts.pipeline.scene;

/** A round bar swept along a polyline, with flat ends. */
final class Tube {
  private Tube() {}

  /**
   * Sweeps a circle.
   *
   * @param around segments of the circle at detail 1
   * @param radius metres
   * @param path x, y, z of at least two distinct points
   */
  static void draw(Brush brush, int around, double radius, double... path) {
    int points = path.length / 3;
    double[] frames = new double[6 * points];
    double[] side = {0, 0, 0};
    for (int i = 0; i < points; i++) {
      double[] tangent = tangent(path, i, points);
      carrySide(side, tangent);
      frames[6 * i] = side[0];
      frames[6 * i + 1] = side[1];
      frames[6 * i + 2] = side[2];
      frames[6 * i + 3] = tangent[1] * side[2] - tangent[2] * side[1];
      frames[6 * i + 4] = tangent[2] * side[0] - tangent[0] * side[2];
      frames[6 * i + 5] = tangent[0] * side[1] - tangent[1] * side[0];
    }
    int columns = brush.segments(around, 6);
    GridSurface.draw(
        brush,
        columns,
        points + 1,
        GridSurface.Seam.CLOSED_U,
        (b, u, v) -> {
          int ring = (int) (v * (points + 1) + 0.5);
          int i = Math.min(points - 1, Math.max(0, ring - 1));
          double r = ring == 0 || ring == points + 1 ? 0 : radius;
          double c = r * StrictMath.cos(2 * Math.PI * u);
          double s = r * StrictMath.sin(2 * Math.PI * u);
          return b.vertex(
              path[3 * i] + c * frames[6 * i] + s * frames[6 * i + 3],
              path[3 * i + 1] + c * frames[6 * i + 1] + s * frames[6 * i + 4],
              path[3 * i + 2] + c * frames[6 * i + 2] + s * frames[6 * i + 5]);
        });
  }

  /** Points of a circular arc in a plane through the local z axis or any two axes. */
  static double[] arc(
      int segments, double[] centre, double[] axisA, double[] axisB, double from, double to) {
    double[] path = new double[3 * (segments + 1)];
    for (int i = 0; i <= segments; i++) {
      double angle = from + (to - from) * i / segments;
      double c = StrictMath.cos(angle);
      double s = StrictMath.sin(angle);
      for (int k = 0; k < 3; k++) {
        path[3 * i + k] = centre[k] + c * axisA[k] + s * axisB[k];
      }
    }
    return path;
  }

  private static double[] tangent(double[] path, int i, int points) {
    int before = Math.max(0, i - 1);
    int after = Math.min(points - 1, i + 1);
    double x = path[3 * after] - path[3 * before];
    double y = path[3 * after + 1] - path[3 * before + 1];
    double z = path[3 * after + 2] - path[3 * before + 2];
    double length = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / length, y / length, z / length};
  }

  /**
   * Moves the previous side vector into the plane across the tangent, so that tubes do not twist.
   */
  private static void carrySide(double[] side, double[] tangent) {
    double along = side[0] * tangent[0] + side[1] * tangent[1] + side[2] * tangent[2];
    double x = side[0] - along * tangent[0];
    double y = side[1] - along * tangent[1];
    double z = side[2] - along * tangent[2];
    if (x * x + y * y + z * z < 1e-6) {
      boolean steep = Math.abs(tangent[2]) > 0.9;
      x = steep ? 1 - tangent[0] * tangent[0] : -tangent[2] * tangent[0];
      y = steep ? -tangent[0] * tangent[1] : -tangent[2] * tangent[1];
      z = steep ? -tangent[0] * tangent[2] : 1 - tangent[2] * tangent[2];
    }
    double length = Math.sqrt(x * x + y * y + z * z);
    side[0] = x / length;
    side[1] = y / length;
    side[2] = z / length;
  }
}
