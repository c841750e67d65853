package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;
import org.nbvrollouts.pipeline.oracle.ScoreExplanation;

/** The few numbers that a picture has room for. */
final class KeyNumbers {
  private KeyNumbers() {}

  /** Which candidate it is. */
  static String identity(CandidateCase candidate) {
    return "candidate "
        + candidate.shellIndex()
        + " of "
        + candidate.node().candidates().size()
        + " ("
        + candidate.why().draw().componentName()
        + ", "
        + candidate.why().draw().view().key()
        + "), step "
        + candidate.stepIndex()
        + " of rollout "
        + candidate.chain().id()
        + ", target: "
        + candidate.origin().target().row().className().orElse("unnamed")
        + (candidate.isSelected() ? ", chosen by " : ", not chosen by ")
        + candidate.origin().recipe().selectionPolicy();
  }

  /** What decided. */
  static List<String> lines(CandidateCase candidate) {
    return candidate.isValid() ? scored(candidate) : judged(candidate.why().rules());
  }

  private static List<String> judged(List<RuleMeasurement> rules) {
    List<String> lines = new ArrayList<>();
    for (RuleMeasurement rule : rules) {
      if (rule.answer() == RuleMeasurement.Answer.FAILED) {
        lines.add(
            rule.rule()
                + ": "
                + Numbers.text(rule.measured())
                + ", required "
                + rule.bound().sign()
                + " "
                + Numbers.text(rule.threshold())
                + " "
                + rule.unit());
      }
    }
    return lines;
  }

  private static List<String> scored(CandidateCase candidate) {
    ScoreExplanation score = candidate.score();
    return List.of(
        "points: "
            + candidate.node().targetState().support()
            + " current, "
            + candidate.node().cloud(candidate.shellIndex()).size()
            + " seen, "
            + score.added().size()
            + " added",
        change("accuracy", score.before().accuracy(), score.after().accuracy()),
        change("completeness", score.before().completeness(), score.after().completeness()));
  }

  private static String change(String what, double before, double after) {
    return what + ": " + Numbers.text(before) + " to " + Numbers.text(after) + " m\u00b2";
  }
}
