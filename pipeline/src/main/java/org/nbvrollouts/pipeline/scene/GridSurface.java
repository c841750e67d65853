package org.nbvrollouts.pipeline.scene;

/** Surfaces over a rectangular parameter grid; u runs along rows, v along columns. */
final class GridSurface {
  private GridSurface() {}

  /** A point of a surface at parameters in [0, 1]. */
  @FunctionalInterface
  interface Shape {
    int vertex(Brush brush, double u, double v);
  }

  /** How the grid closes. */
  enum Seam {
    OPEN,
    CLOSED_U,
    CLOSED_BOTH
  }

  /**
   * Draws {@code columns} × {@code rows} quads. The surface normal is ∂u × ∂v.
   *
   * @param columns segments along u
   * @param rows segments along v
   */
  static void draw(Brush brush, int columns, int rows, Seam seam, Shape shape) {
    int uCount = seam == Seam.OPEN ? columns + 1 : columns;
    int vCount = seam == Seam.CLOSED_BOTH ? rows : rows + 1;
    int[] index = new int[uCount * vCount];
    for (int j = 0; j < vCount; j++) {
      for (int i = 0; i < uCount; i++) {
        index[j * uCount + i] = shape.vertex(brush, (double) i / columns, (double) j / rows);
      }
    }
    for (int j = 0; j < rows; j++) {
      int low = j * uCount;
      int high = (j + 1) % vCount * uCount;
      for (int i = 0; i < columns; i++) {
        int next = (i + 1) % uCount;
        brush.quad(index[low + i], index[low + next], index[high + next], index[high + i]);
      }
    }
  }
}
