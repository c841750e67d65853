package org.nbvrollouts.pipeline.candidate;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * Why one row of a candidate table is where it is and why it is valid or not.
 *
 * @param draw how the row was drawn
 * @param worldFromCamera the pose, x left, y up, z forward
 * @param rules every quantity of every enabled rule, in evaluation order
 * @param path the points of the straight move that the path rule looks at, from the reference
 */
public record CandidateExplanation(
    CandidateDraw draw, Pose12 worldFromCamera, List<RuleMeasurement> rules, List<PathPoint> path) {

  public CandidateExplanation {
    rules = List.copyOf(rules);
    path = List.copyOf(path);
  }

  /**
   * A point of the move.
   *
   * @param meshDistanceMetres exact distance to the scene mesh
   */
  public record PathPoint(Point3 world, double meshDistanceMetres) {}

  /** True if every rule passed. */
  public boolean isValid() {
    return firstFailure().isEmpty();
  }

  /** The measurement that rejected the row. */
  public Optional<RuleMeasurement> firstFailure() {
    return rules.stream()
        .filter(rule -> rule.answer() == RuleMeasurement.Answer.FAILED)
        .findFirst();
  }
}
