package org.nbvrollouts.pipeline.scene;

/** Bodies with flat sides: sharp and rounded boxes, panels. Lengths in metres. */
final class Blocks {
  private static final int[][] FACE_AXES = {
    {0, 1, 2, 1}, {1, 0, 2, -1}, {1, 2, 0, 1}, {2, 1, 0, -1}, {2, 0, 1, 1}, {0, 2, 1, -1}
  };

  private Blocks() {}

  /** A sharp box between two corners, 12 triangles. */
  static void box(Brush brush, double x0, double y0, double z0, double x1, double y1, double z1) {
    int a = brush.vertex(x0, y0, z0);
    int b = brush.vertex(x1, y0, z0);
    int c = brush.vertex(x1, y1, z0);
    int d = brush.vertex(x0, y1, z0);
    int e = brush.vertex(x0, y0, z1);
    int f = brush.vertex(x1, y0, z1);
    int g = brush.vertex(x1, y1, z1);
    int h = brush.vertex(x0, y1, z1);
    brush.quad(a, d, c, b);
    brush.quad(e, f, g, h);
    brush.quad(a, b, f, e);
    brush.quad(b, c, g, f);
    brush.quad(c, d, h, g);
    brush.quad(d, a, e, h);
  }

  /**
   * A box with rounded edges, centred at the local origin.
   *
   * @param radius of the edges, less than half of the shortest side
   * @param flats segments of each flat part at detail 1
   */
  static void rounded(
      Brush brush, double sizeX, double sizeY, double sizeZ, double radius, int flats) {
    double[] core = {sizeX / 2 - radius, sizeY / 2 - radius, sizeZ / 2 - radius};
    int bend = brush.segments(2, 1);
    int flat = brush.segments(flats, 1);
    int cells = 2 * bend + flat;
    for (int[] axes : FACE_AXES) {
      GridSurface.draw(
          brush,
          cells,
          cells,
          GridSurface.Seam.OPEN,
          (b, u, v) -> {
            double[] point = new double[3];
            double[] direction = new double[3];
            place(point, direction, axes[0], core, (int) (u * cells + 0.5), bend, flat);
            place(point, direction, axes[1], core, (int) (v * cells + 0.5), bend, flat);
            point[axes[2]] = axes[3] * core[axes[2]];
            direction[axes[2]] = axes[3];
            double scale =
                radius
                    / Math.sqrt(
                        direction[0] * direction[0]
                            + direction[1] * direction[1]
                            + direction[2] * direction[2]);
            return b.vertex(
                point[0] + scale * direction[0],
                point[1] + scale * direction[1],
                point[2] + scale * direction[2]);
          });
    }
  }

  /**
   * Where grid line {@code step} lies on one axis: on the bend before, the flat, or the bend after.
   */
  private static void place(
      double[] point, double[] direction, int axis, double[] core, int step, int bend, int flat) {
    int onFlat = Math.min(flat, Math.max(0, step - bend));
    point[axis] = core[axis] * (2.0 * onFlat / flat - 1);
    int onBend = step - bend - onFlat;
    direction[axis] = StrictMath.tan(Math.PI / 4 * onBend / bend);
  }
}
