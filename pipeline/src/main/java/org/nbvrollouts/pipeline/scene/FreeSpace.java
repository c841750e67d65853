package org.nbvrollouts.pipeline.scene;

import java.util.Arrays;
import org.nbvrollouts.store.source.Pose12;

/**
 * Where a person can walk: a grid over the floor plan that counts what stands in each cell, and the
 * distance of each cell centre to the nearest blocked one. Not thread-safe.
 */
final class FreeSpace {
  /** Side of a cell, metres. */
  static final double CELL = 0.05;

  private static final double FAR = 1e12;

  private final Rectangle bounds;
  private final int columns;
  private final int rows;
  private final int[] blocked;
  private double[] clearance = new double[0];

  FreeSpace(FloorPlan plan) {
    this.bounds = plan.bounds();
    this.columns = (int) Math.ceil((bounds.maxX() - bounds.minX()) / CELL);
    this.rows = (int) Math.ceil((bounds.maxY() - bounds.minY()) / CELL);
    this.blocked = new int[columns * rows];
    Arrays.fill(blocked, 1);
    for (FloorPlan.Room room : plan.rooms()) {
      add(room.interior(), -1);
    }
    for (FloorPlan.Doorway doorway : plan.doorways()) {
      add(doorway.passage(), -1);
    }
  }

  private FreeSpace(FreeSpace other) {
    this.bounds = other.bounds;
    this.columns = other.columns;
    this.rows = other.rows;
    this.blocked = other.blocked.clone();
  }

  FreeSpace copy() {
    return new FreeSpace(this);
  }

  /** Blocks the turned footprint of an object, grown by half a cell. */
  void block(PlacedObject object) {
    Pose12 inverse = object.worldFromObject().inverse();
    double halfWidth = object.piece().width() / 2 + CELL / 2;
    double halfDepth = object.piece().depth() / 2 + CELL / 2;
    Rectangle area = object.footprint().grown(CELL);
    for (int row = row(area.minY()); row <= row(area.maxY()); row++) {
      for (int column = column(area.minX()); column <= column(area.maxX()); column++) {
        double x = inverse.applyX(centreX(column), centreY(row), 0);
        double y = inverse.applyY(centreX(column), centreY(row), 0);
        if (Math.abs(x) <= halfWidth && Math.abs(y) <= halfDepth) {
          blocked[row * columns + column]++;
        }
      }
    }
    clearance = new double[0];
  }

  private void add(Rectangle area, int count) {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        if (area.holds(centreX(column), centreY(row))) {
          blocked[row * columns + column] += count;
        }
      }
    }
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  int column(double x) {
    return Math.min(columns - 1, Math.max(0, (int) ((x - bounds.minX()) / CELL)));
  }

  int row(double y) {
    return Math.min(rows - 1, Math.max(0, (int) ((y - bounds.minY()) / CELL)));
  }

  double centreX(int column) {
    return bounds.minX() + (column + 0.5) * CELL;
  }

  double centreY(int row) {
    return bounds.minY() + (row + 0.5) * CELL;
  }

  /** Distance from a cell centre to the nearest blocked cell centre, metres; 0 if blocked. */
  double clearance(int column, int row) {
    if (clearance.length == 0) {
      clearance = computeClearance();
    }
    return clearance[row * columns + column];
  }

  /** Clearance between cell centres by bilinear interpolation, metres. */
  double clearanceAt(double x, double y) {
    double u = (x - bounds.minX()) / CELL - 0.5;
    double v = (y - bounds.minY()) / CELL - 0.5;
    int column = Math.min(columns - 2, Math.max(0, (int) Math.floor(u)));
    int row = Math.min(rows - 2, Math.max(0, (int) Math.floor(v)));
    double s = Math.min(1, Math.max(0, u - column));
    double t = Math.min(1, Math.max(0, v - row));
    double low = clearance(column, row) * (1 - s) + clearance(column + 1, row) * s;
    double high = clearance(column, row + 1) * (1 - s) + clearance(column + 1, row + 1) * s;
    return low * (1 - t) + high * t;
  }

  /** Exact distance transform by lower envelopes of parabolas, first along rows, then columns. */
  private double[] computeClearance() {
    double[] squared = new double[columns * rows];
    for (int cell = 0; cell < squared.length; cell++) {
      squared[cell] = blocked[cell] > 0 ? 0 : FAR;
    }
    LowerEnvelope envelope = new LowerEnvelope(Math.max(columns, rows));
    for (int row = 0; row < rows; row++) {
      envelope.transform(squared, row * columns, 1, columns);
    }
    for (int column = 0; column < columns; column++) {
      envelope.transform(squared, column, columns, rows);
    }
    for (int cell = 0; cell < squared.length; cell++) {
      squared[cell] = Math.sqrt(squared[cell]) * CELL;
    }
    return squared;
  }
}
