package org.nbvrollouts.jobs.summary;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * What one store holds.
 *
 * @param rows source rows with at least one rollout
 * @param targets rows of the target table
 * @param candidates candidates, valid or not, of every stored step
 * @param validCandidates those an actor could have taken
 * @param invalidByReason number of candidates by primary reason
 * @param gains gain of the selected candidates by recipe and step
 * @param returns returns of the chains by recipe
 */
public record StoreSummary(
    long rows,
    long targets,
    long rollouts,
    long steps,
    long candidates,
    long validCandidates,
    Map<String, Long> invalidByReason,
    Map<StepOfRecipe, GainStats> gains,
    Map<String, ReturnStats> returns)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Nothing at all. */
  public static final StoreSummary EMPTY =
      new StoreSummary(0, 0, 0, 0, 0, 0, Map.of(), Map.of(), Map.of());

  public StoreSummary {
    invalidByReason = new TreeMap<>(invalidByReason);
    gains = new TreeMap<>(gains);
    returns = new TreeMap<>(returns);
  }

  /**
   * A step of the chains of one recipe.
   *
   * @param recipe name of the recipe
   * @param step 0 at the root
   */
  public record StepOfRecipe(String recipe, int step)
      implements Comparable<StepOfRecipe>, Serializable {
    private static final long serialVersionUID = 1L;

    @Override
    public int compareTo(StepOfRecipe other) {
      int byName = recipe.compareTo(other.recipe);
      return byName != 0 ? byName : Integer.compare(step, other.step);
    }
  }

  /**
   * Reads what a store holds; six columns of the candidate table and the small tables.
   *
   * @throws InvalidContentException if it is no rollout store, or its tables do not fit together
   */
  public static StoreSummary of(RolloutZarrStoreReader store) {
    SummaryTables.require(store);
    long[] valid = store.longs("candidates/actor_action_mask");
    int[] reasons = store.ints("candidates/primary_invalid_reason");
    Map<String, Long> invalid = new TreeMap<>();
    Map<Long, String> recipes = recipes(store);
    Map<Long, Integer> rows = positions(store.longs("candidates/candidate_row_id"));
    long validCount = 0;
    for (int i = 0; i < valid.length; i++) {
      if (valid[i] != 0) {
        validCount++;
      } else {
        invalid.merge(InvalidReason.decodeInvalidReason(reasons[i]), 1L, Long::sum);
      }
    }
    return new StoreSummary(
        store.shape("sources/source_row_id").get(0),
        store.shape("targets/target_row_id").get(0),
        store.shape("rollouts/rollout_row_id").get(0),
        store.shape("steps/step_row_id").get(0),
        valid.length,
        validCount,
        invalid,
        gains(store, recipes, rows),
        StoredReturns.byRecipe(store, recipes, rows));
  }

  private static Map<StepOfRecipe, GainStats> gains(
      RolloutZarrStoreReader store,
      Map<Long, String> recipeOfRollout,
      Map<Long, Integer> positionOfCandidate) {
    float[] gain = store.floats("candidates/target_root_gain");
    long[] rollout = store.longs("steps/rollout_row_id");
    int[] step = store.ints("steps/step_index");
    long[] selected = store.longs("steps/selected_candidate_row_id");
    Map<StepOfRecipe, List<Double>> values = new TreeMap<>();
    for (int i = 0; i < rollout.length; i++) {
      double value = gain[SummaryTables.row(store, positionOfCandidate, selected[i])];
      if (Double.isFinite(value)) {
        values
            .computeIfAbsent(
                new StepOfRecipe(SummaryTables.recipe(store, recipeOfRollout, rollout[i]), step[i]),
                key -> new ArrayList<>())
            .add(value);
      }
    }
    Map<StepOfRecipe, GainStats> gains = new TreeMap<>();
    values.forEach((key, list) -> gains.put(key, GainStats.of(list)));
    return gains;
  }

  private static Map<Long, String> recipes(RolloutZarrStoreReader store) {
    long[] rollout = store.longs("lineage/rollout_row_id");
    int[] schedule = store.ints("lineage/branch_schedule_id");
    List<String> names = store.dictionary("config");
    Map<Long, String> recipes = new HashMap<>();
    for (int i = 0; i < rollout.length; i++) {
      boolean isNamed = schedule[i] >= 0 && schedule[i] < names.size();
      recipes.put(rollout[i], isNamed ? names.get(schedule[i]) : "unnamed");
    }
    return recipes;
  }

  private static Map<Long, Integer> positions(long[] ids) {
    Map<Long, Integer> positions = new HashMap<>();
    for (int i = 0; i < ids.length; i++) {
      positions.put(ids[i], i);
    }
    return positions;
  }

  /** As JSON values. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("source_rows", rows);
    json.put("targets", targets);
    json.put("rollouts", rollouts);
    json.put("steps", steps);
    json.put("candidates", candidates);
    json.put("valid_candidates", validCandidates);
    json.put("invalid_by_reason", invalidByReason);
    List<Object> means = new ArrayList<>();
    gains.forEach(
        (key, stats) -> {
          Map<String, Object> mean = new LinkedHashMap<>();
          mean.put("recipe", key.recipe());
          mean.put("step", key.step());
          mean.put("count", stats.count());
          mean.put("mean_target_root_gain", stats.mean());
          means.add(mean);
        });
    json.put("gains", means);
    json.put("returns", StoredReturns.toJson(returns));
    return json;
  }

  /** Both together. */
  public StoreSummary plus(StoreSummary other) {
    Map<String, Long> reasons = new TreeMap<>(invalidByReason);
    other.invalidByReason.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    Map<StepOfRecipe, GainStats> both = new TreeMap<>(gains);
    other.gains.forEach((key, stats) -> both.merge(key, stats, GainStats::plus));
    Map<String, ReturnStats> chains = new TreeMap<>(returns);
    other.returns.forEach((key, stats) -> chains.merge(key, stats, ReturnStats::plus));
    return new StoreSummary(
        rows + other.rows,
        targets + other.targets,
        rollouts + other.rollouts,
        steps + other.steps,
        candidates + other.candidates,
        validCandidates + other.validCandidates,
        reasons,
        both,
        chains);
  }
}
