package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;

/** Renders a report as plain ASCII text, less than 100 characters wide. */
public final class CandidateReportText {
  private static final int WIDTH = 96;
  private static final String FACT = "  %-42s %18s %-3s %18s%s";
  private static final String HEADER = "%-44s %18s %-3s %18s";
  private static final String RULE = "  %-21s %-36s %9s  %-12s %s";
  private static final int NAME_OF_TEXT = 22;

  private CandidateReportText() {}

  /** The lines of a report, the sentence first. */
  public static List<String> lines(CandidateReport report) {
    List<String> lines = new ArrayList<>(wrapped(report.sentence()));
    lines.addAll(wrapped(comparison(report)));
    report.before().forEach(section -> add(section, lines));
    addRules(report.rules(), lines);
    report.after().forEach(section -> add(section, lines));
    return lines;
  }

  private static String comparison(CandidateReport report) {
    List<String> differences = report.differences();
    return differences.isEmpty()
        ? "Generated again: all " + report.compared() + " stored values are the same."
        : "DIFFERENT: "
            + differences.size()
            + " of "
            + Count.of(report.compared(), "stored value")
            + " not what generation gives now ("
            + String.join(", ", differences)
            + ").";
  }

  private static void add(Section section, List<String> lines) {
    boolean isCompared = section.facts().stream().anyMatch(fact -> fact.stored().isPresent());
    lines.add("");
    lines.add(
        isCompared
            ? HEADER.formatted(section.title(), "generated", "", "stored")
            : section.title());
    for (Fact fact : section.facts()) {
      if (fact.value() instanceof String text && fact.stored().isEmpty()) {
        lines.add(("  %-" + NAME_OF_TEXT + "s %s").formatted(fact.words(), text));
      } else {
        lines.add(
            FACT.formatted(
                    fact.words(),
                    fact.text(),
                    fact.unit(),
                    fact.storedText(),
                    fact.differs() ? "  DIFFERS" : "")
                .stripTrailing());
      }
    }
  }

  private static void addRules(List<RuleMeasurement> rules, List<String> lines) {
    lines.add("");
    lines.add("Rules, in the order they are asked");
    for (RuleMeasurement rule : rules) {
      lines.add(
          RULE.formatted(
                  rule.rule(),
                  rule.quantity().words(),
                  Numbers.text(rule.measured()),
                  rule.bound().sign() + " " + Numbers.text(rule.threshold()) + " " + rule.unit(),
                  answer(rule))
              .stripTrailing());
    }
  }

  private static String answer(RuleMeasurement rule) {
    return switch (rule.answer()) {
      case PASSED -> "pass";
      case FAILED -> "FAIL";
      case NOT_ASKED -> rule.holds() ? "not asked" : "not asked (no)";
    };
  }

  /** Breaks a text between words. */
  static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
