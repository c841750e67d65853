package org.nbvrollouts.jobs.summary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.rollout.ChainReturns;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Returns of the chains of a store, from the labels of their chosen views. */
final class StoredReturns {
  private static final double UNDISCOUNTED = 1;

  private StoredReturns() {}

  /**
   * Returns by recipe; chains without a finite return are left out.
   *
   * @param recipeOfRollout recipe name by rollout id
   * @param rowOfCandidate table row by candidate id
   */
  static Map<String, ReturnStats> byRecipe(
      RolloutZarrStoreReader store,
      Map<Long, String> recipeOfRollout,
      Map<Long, Integer> rowOfCandidate) {
    float[] gain = store.floats("candidates/target_root_gain");
    float[] before = store.floats("candidates/target_pm_dist_before");
    float[] after = store.floats("candidates/target_pm_dist_after");
    long[] rollout = store.longs("steps/rollout_row_id");
    int[] index = store.ints("steps/step_index");
    long[] selected = store.longs("steps/selected_candidate_row_id");
    Map<Long, TreeMap<Integer, ChainReturns.ChosenStep>> chains = new TreeMap<>();
    for (int i = 0; i < rollout.length; i++) {
      int row = SummaryTables.row(store, rowOfCandidate, selected[i]);
      chains
          .computeIfAbsent(rollout[i], missing -> new TreeMap<>())
          .put(index[i], new ChainReturns.ChosenStep(gain[row], before[row], after[row]));
    }
    Map<String, ReturnStats> returns = new TreeMap<>();
    chains.forEach(
        (id, steps) -> {
          ChainReturns chain = ChainReturns.of(List.copyOf(steps.values()), UNDISCOUNTED);
          if (Double.isFinite(chain.discountedReturn()) && Double.isFinite(chain.endPointGain())) {
            String recipe = SummaryTables.recipe(store, recipeOfRollout, id);
            returns.merge(recipe, ReturnStats.of(chain), ReturnStats::plus);
          }
        });
    return returns;
  }

  /** As JSON values. */
  static List<Object> toJson(Map<String, ReturnStats> returns) {
    List<Object> json = new ArrayList<>();
    returns.forEach(
        (recipe, stats) -> {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("recipe", recipe);
          row.put("chains", stats.chains());
          row.put("mean_sum_of_target_root_gains", stats.meanSumOfGains());
          row.put("mean_end_point_gain", stats.meanEndPointGain());
          row.put("mean_end_point_log_gain", stats.meanEndPointLogGain());
          row.put("largest_difference", stats.mostApart());
          json.add(row);
        });
    return json;
  }
}
