package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;

/** Plans a walk through all rooms, from one viewpoint to the next, as a smooth polyline. */
final class TourPlanner {
  private static final double AREA_PER_VIEWPOINT = 6.5;
  private static final int SMOOTHING_ROUNDS = 120;

  private final FloorPlan plan;
  private final FreeSpace space;
  private final SceneRandom random;
  private final boolean[] reachable;

  private TourPlanner(FloorPlan plan, FreeSpace space, SceneRandom random) {
    this.plan = plan;
    this.space = space;
    this.random = random;
    this.reachable = Walkability.reachable(plan, space);
  }

  /** Plans a tour of at least {@code leastMetres}; a shorter round is walked again. */
  static WalkPath plan(HomeLayout layout, SceneRandom random, double leastMetres) {
    return new TourPlanner(layout.plan(), layout.space(), random).plan(leastMetres);
  }

  private WalkPath plan(double leastMetres) {
    List<Integer> stops = new ArrayList<>();
    int firstRoom = random.below(plan.rooms().size());
    for (int i = 0; i < plan.rooms().size(); i++) {
      FloorPlan.Room room = plan.rooms().get((firstRoom + i) % plan.rooms().size());
      stops.addAll(viewpoints(room));
    }
    PathFinder finder = new PathFinder(space);
    List<Integer> cells = new ArrayList<>(List.of(stops.get(0)));
    double metres = 0;
    for (int stop = 1; stop < stops.size() || metres < leastMetres; stop++) {
      int here = cells.get(cells.size() - 1);
      List<Integer> leg = finder.find(here, stops.get(stop % stops.size()));
      cells.addAll(leg.subList(1, leg.size()));
      metres = (cells.size() - 1) * FreeSpace.CELL;
      if (stop > 1000) {
        break;
      }
    }
    return smooth(cells);
  }

  /** Reachable places of a room, each as far as possible from walls, things and one another. */
  private List<Integer> viewpoints(FloorPlan.Room room) {
    int count = Math.max(2, (int) (room.interior().area() / AREA_PER_VIEWPOINT));
    List<Integer> chosen = new ArrayList<>();
    while (chosen.size() < count) {
      int best = -1;
      double bestScore = 0;
      for (int cell = 0; cell < reachable.length; cell++) {
        if (reachable[cell] && room.interior().holds(x(cell), y(cell))) {
          double score = score(cell, chosen);
          if (score > bestScore) {
            best = cell;
            bestScore = score;
          }
        }
      }
      if (best < 0) {
        break;
      }
      chosen.add(best);
    }
    return chosen;
  }

  private double score(int cell, List<Integer> chosen) {
    double nearest = 3;
    for (int other : chosen) {
      double dx = x(cell) - x(other);
      double dy = y(cell) - y(other);
      nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy));
    }
    double clearance = space.clearance(cell % space.columns(), cell / space.columns());
    return nearest * (0.4 + Math.min(1, clearance));
  }

  /** Repeatedly moves points to the middle of their neighbours and back out of narrow places. */
  private WalkPath smooth(List<Integer> cells) {
    int count = cells.size();
    double[] xs = new double[count];
    double[] ys = new double[count];
    for (int i = 0; i < count; i++) {
      xs[i] = x(cells.get(i));
      ys[i] = y(cells.get(i));
    }
    for (int round = 0; round < SMOOTHING_ROUNDS; round++) {
      for (int i = 1; i < count - 1; i++) {
        double x = 0.5 * xs[i] + 0.25 * (xs[i - 1] + xs[i + 1]);
        double y = 0.5 * ys[i] + 0.25 * (ys[i - 1] + ys[i + 1]);
        if (space.clearanceAt(x, y) >= Walkability.BODY_RADIUS) {
          xs[i] = x;
          ys[i] = y;
        }
      }
    }
    return new WalkPath(xs, ys);
  }

  private double x(int cell) {
    return space.centreX(cell % space.columns());
  }

  private double y(int cell) {
    return space.centreY(cell / space.columns());
  }
}
