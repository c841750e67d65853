package org.nbvrollouts.pipeline.scene;

import java.util.ArrayDeque;

/** Whether a home can be walked through: all doors from one place, and some floor in every room. */
final class Walkability {
  /** Clearance that the planned path keeps from furniture and walls, metres. */
  static final double BODY_RADIUS = 0.46;

  private static final double LEAST_FREE_SHARE = 0.1;

  private Walkability() {}

  /** True if one connected area, wide enough to walk, holds all doors and a tenth of each room. */
  static boolean holds(FloorPlan plan, FreeSpace space) {
    boolean[] reached = reachable(plan, space);
    for (FloorPlan.Doorway doorway : plan.doorways()) {
      int column = space.column(doorway.passage().centreX());
      int row = space.row(doorway.passage().centreY());
      if (!reached[row * space.columns() + column]) {
        return false;
      }
    }
    for (FloorPlan.Room room : plan.rooms()) {
      Rectangle area = room.interior();
      int cells = 0;
      for (int row = space.row(area.minY()); row <= space.row(area.maxY()); row++) {
        for (int column = space.column(area.minX());
            column <= space.column(area.maxX());
            column++) {
          cells += reached[row * space.columns() + column] ? 1 : 0;
        }
      }
      if (cells * FreeSpace.CELL * FreeSpace.CELL < LEAST_FREE_SHARE * area.area()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Cells that can be walked to from the first door, or from the most open cell if there is none.
   */
  static boolean[] reachable(FloorPlan plan, FreeSpace space) {
    boolean[] reached = new boolean[space.columns() * space.rows()];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    int start = startCell(plan, space);
    reached[start] = true;
    queue.add(start);
    while (!queue.isEmpty()) {
      int cell = queue.remove();
      int column = cell % space.columns();
      int row = cell / space.columns();
      visit(space, reached, queue, column - 1, row);
      visit(space, reached, queue, column + 1, row);
      visit(space, reached, queue, column, row - 1);
      visit(space, reached, queue, column, row + 1);
    }
    return reached;
  }

  private static void visit(
      FreeSpace space, boolean[] reached, ArrayDeque<Integer> queue, int column, int row) {
    if (column < 0 || row < 0 || column >= space.columns() || row >= space.rows()) {
      return;
    }
    int cell = row * space.columns() + column;
    if (!reached[cell] && space.clearance(column, row) >= BODY_RADIUS) {
      reached[cell] = true;
      queue.add(cell);
    }
  }

  private static int startCell(FloorPlan plan, FreeSpace space) {
    if (!plan.doorways().isEmpty()) {
      Rectangle passage = plan.doorways().get(0).passage();
      return space.row(passage.centreY()) * space.columns() + space.column(passage.centreX());
    }
    int best = 0;
    for (int cell = 0; cell < space.columns() * space.rows(); cell++) {
      double clearance = space.clearance(cell % space.columns(), cell / space.columns());
      if (clearance > space.clearance(best % space.columns(), best / space.columns())) {
        best = cell;
      }
    }
    return best;
  }
}
