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
 * @param view row of the derived view {@code q_h}
 * @param crops rows of {@code target_eval_crops}
 */
public record StoredStep(
    StoredRow row,
    List<StoredRow> candidates,
    List<StoredRow> diagnostics,
    Optional<StoredRow> depth,
    StoredRow view,
    List<StoredRow> crops) {

  public StoredStep {
    candidates = List.copyOf(candidates);
    diagnostics = List.copyOf(diagnostics);
    crops = List.copyOf(crops);
  }

  /** Shell index of the chosen candidate. */
  public int selectedShellIndex() {
    return Math.toIntExact(row.integer("selected_shell_index"));
  }
}
