package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;

/**
 * An upper bound of the depths in each tile of 8 × 8 pixels: a tile is measured again only once all
 * of its pixels have met something and several of them have come nearer.
 */
final class FarthestHits {
  private static final int SHIFT = 3;
  private static final int SIDE = 1 << SHIFT;

  /** Hits after which measuring a tile again pays. */
  private static final int FRESH = 8;

  /** Tiles of a range that is still looked at; a larger one is hardly ever hidden. */
  private static final int MOST_TILES = 9;

  private RayGrid grid;
  private int tileColumns;
  private float[] bounds = new float[0];
  private int[] missing = new int[0];
  private int[] changes = new int[0];

  /** Takes a grid whose rays have met nothing. */
  void begin(RayGrid newGrid) {
    grid = newGrid;
    tileColumns = (grid.columns() + SIDE - 1) / SIDE;
    int tileRows = (grid.rows() + SIDE - 1) / SIDE;
    int tiles = tileColumns * tileRows;
    if (bounds.length < tiles) {
      bounds = new float[tiles];
      missing = new int[tiles];
      changes = new int[tiles];
    }
    Arrays.fill(bounds, 0, tiles, Float.POSITIVE_INFINITY);
    Arrays.fill(changes, 0, tiles, 0);
    for (int row = 0; row < tileRows; row++) {
      int height = Math.min(SIDE, grid.rows() - SIDE * row);
      for (int column = 0; column < tileColumns; column++) {
        missing[row * tileColumns + column] =
            height * Math.min(SIDE, grid.columns() - SIDE * column);
      }
    }
  }

  /** Notes that a pixel has met something for the first time. */
  void met(int row, int column) {
    missing[tile(row, column)]--;
  }

  /** Notes that what a pixel has met is nearer than before. */
  void lowered(int row, int column) {
    changes[tile(row, column)]++;
  }

  private int tile(int row, int column) {
    return (row >> SHIFT) * tileColumns + (column >> SHIFT);
  }

  /** True if every pixel of a range has certainly met something nearer than a depth. */
  boolean areNearer(float depth, int first, int last) {
    int firstRow = ProjectedNodes.row(first) >> SHIFT;
    int lastRow = ProjectedNodes.row(last) >> SHIFT;
    int firstColumn = ProjectedNodes.column(first) >> SHIFT;
    int lastColumn = ProjectedNodes.column(last) >> SHIFT;
    if ((lastRow - firstRow + 1) * (lastColumn - firstColumn + 1) > MOST_TILES) {
      return false;
    }
    for (int row = firstRow; row <= lastRow; row++) {
      for (int column = firstColumn; column <= lastColumn; column++) {
        if (!(largest(row, column) < depth)) {
          return false;
        }
      }
    }
    return true;
  }

  private float largest(int row, int column) {
    int tile = row * tileColumns + column;
    if (missing[tile] == 0 && changes[tile] >= FRESH) {
      changes[tile] = 0;
      bounds[tile] = measure(SIDE * row, SIDE * column);
    }
    return bounds[tile];
  }

  private float measure(int firstRow, int firstColumn) {
    int endRow = Math.min(firstRow + SIDE, grid.rows());
    int endColumn = Math.min(firstColumn + SIDE, grid.columns());
    double most = 0;
    for (int row = firstRow; row < endRow; row++) {
      int start = row * grid.columns();
      for (int pixel = start + firstColumn; pixel < start + endColumn; pixel++) {
        most = grid.depths[pixel] > most ? grid.depths[pixel] : most;
      }
    }
    return Math.nextUp((float) most);
  }
}
