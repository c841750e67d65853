package org.nbvrollouts.store.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Verdict on one store (specification store 6).
 *
 * @param store where it lies
 * @param numRollouts rows of {@code rollouts}; 0 if phase A failed
 * @param numSteps rows of {@code steps}; 0 if phase A failed
 * @param numCandidates rows of {@code candidates}; 0 if phase A failed
 * @param findings problems of the 88 checks in phase order
 * @param strictFindings problems of the strict extras, if they were asked for
 * @param lateFindings problems of the late additions, if they were asked for
 */
public record RolloutZarrValidationResult(
    String store,
    int numRollouts,
    int numSteps,
    int numCandidates,
    List<Finding> findings,
    List<Finding> strictFindings,
    List<Finding> lateFindings) {

  public RolloutZarrValidationResult {
    findings = List.copyOf(findings);
    strictFindings = List.copyOf(strictFindings);
    lateFindings = List.copyOf(lateFindings);
  }

  /** True if none of the 88 checks failed. */
  public boolean isOk() {
    return findings.isEmpty();
  }

  /** True if neither a check nor a strict extra failed; stores must reach this to be committed. */
  public boolean isStrictlyOk() {
    return findings.isEmpty() && strictFindings.isEmpty();
  }

  /** All problems of a level and those before it. */
  public List<Finding> findings(CheckLevel level) {
    List<Finding> all = new ArrayList<>(findings);
    if (level.compareTo(CheckLevel.STRICT) >= 0) {
      all.addAll(strictFindings);
    }
    if (level == CheckLevel.LATE) {
      all.addAll(lateFindings);
    }
    return all;
  }

  /** The problems as text, one per line. */
  public List<String> errors() {
    return findings.stream().map(Finding::toString).toList();
  }
}
