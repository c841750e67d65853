package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.policy.SiblingGuards;

/** What choices of one node keep away from (specification generation 7.5). */
final class GuardReplay {
  private final SiblingGuards guards;
  private final ChoicePlaces places;
  private final double[] toHistory;
  private final List<Integer> chosen = new ArrayList<>();

  GuardReplay(SiblingGuards guards, ChoicePlaces places) {
    this.guards = guards;
    this.places = places;
    this.toHistory = places.toAnyPlaceBefore();
  }

  void choose(int row) {
    chosen.add(row);
  }

  boolean admits(int row) {
    return toHistory[row] >= guards.minHistoryDistanceMetres()
        && chosen.stream().allMatch(other -> differ(row, other));
  }

  private boolean differ(int row, int other) {
    double metres = places.centre(row).minus(places.centre(other)).length();
    return metres >= guards.minSiblingDistanceMetres()
        && isTurned(forward(row), forward(other), guards.minSiblingYawDegrees())
        && isTurned(toTarget(row), toTarget(other), guards.minSiblingTargetBearingDegrees())
        && !(guards.requireSiblingStrategyDiversity()
            && places.strategies().get(row).equals(places.strategies().get(other)));
  }

  private static boolean isTurned(Vector a, Vector b, double leastDegrees) {
    return leastDegrees == 0 || StrictMath.toDegrees(RuleReplay.angleAboutUp(a, b)) >= leastDegrees;
  }

  private Vector forward(int row) {
    return Axes.of(places.worldFromCamera().get(row)).forward();
  }

  private Vector toTarget(int row) {
    return places.target().minus(places.centre(row));
  }
}
