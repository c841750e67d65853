package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;

/** Shortest walks over free cells (Dijkstra), where narrow cells cost more than open ones. */
final class PathFinder {
  private static final double COMFORT_METRES = 0.9;
  private static final double NARROW_FACTOR = 2.5;

  private record Entry(double cost, int cell) {}

  private final FreeSpace space;

  PathFinder(FreeSpace space) {
    this.space = space;
  }

  /** Cells from start to goal, both included; only the start if the goal cannot be reached. */
  List<Integer> find(int start, int goal) {
    int[] from = new int[space.columns() * space.rows()];
    double[] best = new double[from.length];
    Arrays.fill(best, Double.POSITIVE_INFINITY);
    Arrays.fill(from, -1);
    PriorityQueue<Entry> queue =
        new PriorityQueue<>(
            (a, b) ->
                a.cost != b.cost
                    ? Double.compare(a.cost, b.cost)
                    : Integer.compare(a.cell, b.cell));
    best[start] = 0;
    queue.add(new Entry(0, start));
    while (!queue.isEmpty()) {
      Entry entry = queue.remove();
      if (entry.cell == goal) {
        break;
      }
      if (entry.cost <= best[entry.cell]) {
        expand(entry, best, from, queue);
      }
    }
    List<Integer> path = new ArrayList<>();
    if (start == goal || from[goal] < 0) {
      path.add(start);
      return path;
    }
    for (int cell = goal; cell >= 0; cell = cell == start ? -1 : from[cell]) {
      path.add(cell);
    }
    Collections.reverse(path);
    return path;
  }

  private void expand(Entry entry, double[] best, int[] from, PriorityQueue<Entry> queue) {
    int column = entry.cell % space.columns();
    int row = entry.cell / space.columns();
    for (int dy = -1; dy <= 1; dy++) {
      for (int dx = -1; dx <= 1; dx++) {
        int nextColumn = column + dx;
        int nextRow = row + dy;
        boolean outside =
            nextColumn < 0
                || nextRow < 0
                || nextColumn >= space.columns()
                || nextRow >= space.rows();
        if (outside || (dx == 0 && dy == 0)) {
          continue;
        }
        double clearance = space.clearance(nextColumn, nextRow);
        if (clearance < Walkability.BODY_RADIUS) {
          continue;
        }
        double length = dx != 0 && dy != 0 ? Math.sqrt(2) : 1;
        double penalty = 1 + NARROW_FACTOR * Math.max(0, COMFORT_METRES - clearance);
        int next = nextRow * space.columns() + nextColumn;
        double cost = entry.cost + length * penalty;
        if (cost < best[next]) {
          best[next] = cost;
          from[next] = entry.cell;
          queue.add(new Entry(cost, next));
        }
      }
    }
  }
}
