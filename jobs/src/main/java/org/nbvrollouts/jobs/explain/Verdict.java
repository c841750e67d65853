package org.nbvrollouts.jobs.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;
import org.nbvrollouts.pipeline.oracle.ScoreExplanation;

/** One sentence that says why a candidate has its reason or its gain. */
final class Verdict {
  private Verdict() {}

  static String of(CandidateCase candidate) {
    return candidate.isValid() ? valid(candidate) : rejected(candidate.why().rules());
  }

  private static String rejected(List<RuleMeasurement> rules) {
    return "Rejected: "
        + rules.stream()
            .filter(rule -> rule.answer() == RuleMeasurement.Answer.FAILED)
            .map(Verdict::failure)
            .collect(Collectors.joining("; "))
        + ".";
  }

  private static String failure(RuleMeasurement rule) {
    String measured = measured(rule, rule.measured());
    String threshold = measured(rule, rule.threshold());
    return switch (rule.quantity()) {
      case FREE_SPACE_MARGIN ->
          "the camera would stand "
              + Numbers.metres(-rule.measured())
              + " outside the occupancy extent";
      case STEP_LENGTH -> "the move is " + measured + " long, at most " + threshold + " is allowed";
      case HEIGHT_DELTA ->
          "the move changes the height by " + measured + ", at most " + threshold + " is allowed";
      case BACKWARD_STEP ->
          "the move goes " + measured + " backwards, at most " + threshold + " is allowed";
      case YAW_DELTA ->
          "the view turns away by " + measured + ", at most " + threshold + " is allowed";
      case MESH_DISTANCE ->
          "the camera would stand "
              + measured
              + " from the mesh, more than "
              + threshold
              + " is required";
      case PATH_CLEARANCE ->
          "the straight move passes "
              + measured
              + " from the mesh, at least "
              + threshold
              + " is required";
    };
  }

  private static String measured(RuleMeasurement rule, double value) {
    return rule.unit().equals("m") ? Numbers.metres(value) : Numbers.degrees(value);
  }

  private static String valid(CandidateCase candidate) {
    double gain = candidate.metrics().get("target_root_gain");
    ScoreExplanation score = candidate.score();
    String start = "Valid, gain " + Numbers.signed(gain) + ": ";
    if (score.added().isEmpty()) {
      return start + nothing(candidate);
    }
    return start + added(score) + effect(score) + ".";
  }

  private static String nothing(CandidateCase candidate) {
    int seen = candidate.node().cloud(candidate.shellIndex()).size();
    return seen == 0
        ? "it sees no surface at all."
        : "of " + Count.of(seen, "point") + " that it sees, none lies in the box of the target.";
  }

  private static String added(ScoreExplanation score) {
    int count = score.added().size();
    return count
        + (count == 1 ? " new point lies " : " new points lie ")
        + Numbers.metres(Math.sqrt(score.addedAccuracyM2()))
        + " from the kept faces (the current ones "
        + Numbers.metres(Math.sqrt(score.before().accuracy()))
        + ", root mean square) and "
        + (count == 1 ? "comes" : "come")
        + " nearer to "
        + score.facesNearer()
        + " of "
        + score.faces()
        + " faces: ";
  }

  private static String effect(ScoreExplanation score) {
    double accuracy = score.after().accuracy() - score.before().accuracy();
    double completeness = score.after().completeness() - score.before().completeness();
    if (accuracy <= 0 && completeness <= 0) {
      return "the accuracy error falls by "
          + Numbers.squareMetres(-accuracy)
          + " and the completeness error by "
          + Numbers.squareMetres(-completeness);
    }
    boolean worse = accuracy > 0;
    double up = worse ? accuracy : completeness;
    double down = worse ? -completeness : -accuracy;
    return (worse ? "the accuracy error rises by " : "the completeness error rises by ")
        + Numbers.squareMetres(up)
        + (worse ? ", the completeness error " : ", the accuracy error ")
        + (down > 0
            ? "falls by " + (up > down ? "only " : "") + Numbers.squareMetres(down)
            : "stays");
  }
}
