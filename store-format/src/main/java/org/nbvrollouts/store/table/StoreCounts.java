package org.nbvrollouts.store.table;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Table sizes of a store.
 *
 * @param maxCandidates widest candidate shell of any step
 * @param horizon longest configured horizon, 1 without rollouts
 */
public record StoreCounts(
    int sources,
    int targets,
    int rollouts,
    int steps,
    int candidates,
    int candidateDiagnostics,
    int selectedDepths,
    int evalCrops,
    int states,
    int maxCandidates,
    int horizon) {

  /** Counts the rows of the tables and of {@code q_h}. */
  public static StoreCounts of(Function<String, ? extends Elements> arrays) {
    return new StoreCounts(
        arrays.apply("sources/source_row_id").rows(),
        arrays.apply("targets/target_row_id").rows(),
        arrays.apply("rollouts/rollout_row_id").rows(),
        arrays.apply("steps/step_row_id").rows(),
        arrays.apply("candidates/candidate_row_id").rows(),
        arrays.apply("candidate_diagnostics/candidate_row_id").rows(),
        arrays.apply("selected_depth/step_row_id").rows(),
        arrays.apply("target_eval_crops/crop_row_id").rows(),
        arrays.apply("q_h/state_step_row_id").rows(),
        arrays.apply("q_h/candidate_row_id").shape().get(1),
        longestHorizon(arrays.apply("rollouts/horizon")));
  }

  /** Longest horizon of some rollouts, 1 without any. */
  static int longestHorizon(Elements horizons) {
    int longest = 1;
    for (int row = 0; row < horizons.rows(); row++) {
      longest = row == 0 ? horizons.intAt(0) : Math.max(longest, horizons.intAt(row));
    }
    return longest;
  }

  /** Root attributes that repeat sizes (specification store 2.6). */
  public Map<String, Object> toRootAttributes() {
    Map<String, Object> attributes = new LinkedHashMap<>();
    attributes.put("num_sources", sources);
    attributes.put("num_targets", targets);
    attributes.put("num_rollouts", rollouts);
    attributes.put("num_steps", steps);
    attributes.put("num_candidates", candidates);
    attributes.put("num_candidate_diagnostics", candidateDiagnostics);
    attributes.put("num_selected_depths", selectedDepths);
    attributes.put("target_eval_crops_num_rows", evalCrops);
    attributes.put("num_q_h_states", states);
    attributes.put("q_h_state_count", states);
    attributes.put("q_h_max_candidates", maxCandidates);
    attributes.put("q_h_horizon", horizon);
    return attributes;
  }

  /** The object {@code counts} of the manifest (specification store 7.1). */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sources", sources);
    json.put("targets", targets);
    json.put("rollouts", rollouts);
    json.put("steps", steps);
    json.put("candidates", candidates);
    json.put("candidate_diagnostics", candidateDiagnostics);
    json.put("selected_depths", selectedDepths);
    json.put("target_eval_crops", evalCrops);
    json.put("q_h_states", states);
    json.put("q_h_max_candidates", maxCandidates);
    return json;
  }
}
