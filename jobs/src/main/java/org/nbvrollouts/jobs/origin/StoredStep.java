package org.nbvrollouts.jobs.origin;

import java.util.List;
import java.util.Optional;

/**
 * One step as it is stored.
 *
 * @param row of {@code steps}
 * @param candidates rows of {@code candidates}, in shell order
 * @param diagnostics rows of {@code candidate_diagnostics}, in the same order
 * @param depth row of {@code selected_depth}, if depth images are stored
 */
public record StoredStep(
    StoredRow row,
    List<StoredRow> candidates,
    List<StoredRow> diagnostics,
    Optional<StoredRow> depth) {

  public StoredStep {
    candidates = List.copyOf(candidates);
    diagnostics = List.copyOf(diagnostics);
  }

  /** Shell index of the chosen candidate. */
  public int selectedShellIndex() {
    return Math.toIntExact(row.integer("selected_shell_index"));
  }
}
