package org.nbvrollouts.pipeline.geometry;

/** Children of a node with the pixels that may see them, nearest first; reused. */
final class ProjectedNodes {
  private static final int SHIFT = 16;
  private static final int LOW = (1 << SHIFT) - 1;

  final int[] references = new int[WideNodes.WIDTH];

  /** Least depth of a hit. */
  final float[] depths = new float[WideNodes.WIDTH];

  /** First row and column of the pixels, see {@link #pixel}. */
  final int[] firsts = new int[WideNodes.WIDTH];

  /** Last row and column, inclusive. */
  final int[] lasts = new int[WideNodes.WIDTH];

  int count;

  /** Adds a child behind those that are nearer. */
  void add(int reference, float depth, int first, int last) {
    int at = count++;
    while (at > 0 && depths[at - 1] > depth) {
      references[at] = references[at - 1];
      depths[at] = depths[at - 1];
      firsts[at] = firsts[at - 1];
      lasts[at] = lasts[at - 1];
      at--;
    }
    references[at] = reference;
    depths[at] = depth;
    firsts[at] = first;
    lasts[at] = last;
  }

  static int pixel(int row, int column) {
    return row << SHIFT | column;
  }

  static int row(int pixel) {
    return pixel >> SHIFT;
  }

  static int column(int pixel) {
    return pixel & LOW;
  }
}
