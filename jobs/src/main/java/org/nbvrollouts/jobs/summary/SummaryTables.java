package org.nbvrollouts.jobs.summary;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** What a summary relies on, in a store that nobody has judged. */
final class SummaryTables {
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "sources/source_row_id",
          List.of(),
          "targets/target_row_id",
          List.of(),
          "rollouts/rollout_row_id",
          List.of(),
          "lineage/rollout_row_id",
          List.of("lineage/branch_schedule_id"),
          "steps/step_row_id",
          List.of("steps/rollout_row_id", "steps/step_index", "steps/selected_candidate_row_id"),
          "candidates/candidate_row_id",
          List.of(
              "candidates/actor_action_mask",
              "candidates/primary_invalid_reason",
              "candidates/target_root_gain",
              "candidates/target_pm_dist_before",
              "candidates/target_pm_dist_after"));

  private SummaryTables() {}

  /**
   * Refuses a store of another kind, and columns of another type or length than their table.
   *
   * @throws InvalidContentException naming what it is instead
   */
  static void require(RolloutZarrStoreReader store) {
    store.requireCurrentSchema("read");
    COLUMNS.forEach(
        (key, columns) -> {
          long rows = requireColumn(store, key, -1);
          columns.forEach(column -> requireColumn(store, column, rows));
        });
  }

  private static long requireColumn(RolloutZarrStoreReader store, String path, long rows) {
    var spec = StoreSchema.current().array(path).orElseThrow();
    List<Long> shape = store.shape(path);
    if (store.elementType(path) != spec.type()
        || shape.size() != 1
        || (rows >= 0 && shape.get(0) != rows)) {
      throw broken(
          store,
          "%s is %s of shape %s, expected %s of shape %s"
              .formatted(
                  path,
                  store.elementType(path).zarrName(),
                  shape,
                  spec.type().zarrName(),
                  rows < 0 ? spec.shape() : List.of(rows)));
    }
    return shape.get(0);
  }

  /** Row of the candidate that a step names. */
  static int row(RolloutZarrStoreReader store, Map<Long, Integer> rows, long candidate) {
    Integer row = rows.get(candidate);
    if (row == null) {
      throw broken(store, "a step names candidate %d, which is nowhere".formatted(candidate));
    }
    return row;
  }

  /** Recipe of the chain that a step names. */
  static String recipe(RolloutZarrStoreReader store, Map<Long, String> recipes, long rollout) {
    String recipe = recipes.get(rollout);
    if (recipe == null) {
      throw broken(store, "a step names rollout %d, which is nowhere".formatted(rollout));
    }
    return recipe;
  }

  private static InvalidContentException broken(RolloutZarrStoreReader store, String what) {
    return new InvalidContentException(
        "Cannot read store: its tables do not fit together, %s (store=%s). Ask info --validate for everything that is wrong"
            .formatted(what, store.location()));
  }
}
