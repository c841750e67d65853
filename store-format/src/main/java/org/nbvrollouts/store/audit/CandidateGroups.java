package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Candidates counted by what they have in common (specification audits 4.3). */
public final class CandidateGroups {
  /** Columns of {@link CandidateAudit#candidateAuditRows} that may be grouped by. */
  public static final List<String> GROUP_COLUMNS =
      List.of(
          "position",
          "strategy",
          "mixture",
          "invalid_reason",
          "policy",
          "scene",
          "split",
          "step_index",
          "shell_index",
          "compact_valid_index",
          "position_id",
          "strategy_id",
          "mixture_id",
          "invalid_reason_bitset",
          "target_row_id",
          "rollout_row_id",
          "step_row_id",
          "candidate_row_id");

  private static final List<String> COUNTS =
      List.of(
          "total",
          "actor_valid",
          "actor_valid_fraction",
          "q_train",
          "selected",
          "mean_target_root_gain");

  private CandidateGroups() {}

  /**
   * One row per group, sorted by the text of its columns from left to right. The mean gain is over
   * all rows with a finite gain, valid or not.
   *
   * @param groupBy at least one of {@link #GROUP_COLUMNS}
   * @throws RefusedInputException if another column is named
   * @throws InvalidContentException if the store is of another schema or its tables do not fit
   */
  public static AuditRows candidateGroupSummaryRows(
      RolloutZarrStoreReader store, List<String> groupBy) {
    requireColumns(groupBy);
    CandidateColumns candidates = new CandidateColumns(AuditStore.of(store));
    Map<List<String>, Group> groups = new TreeMap<>(CandidateGroups::compare);
    Masks masks = new Masks(candidates.table());
    for (int row = 0; row < candidates.table().rows(); row++) {
      List<String> key = new ArrayList<>(groupBy.size());
      for (String column : groupBy) {
        key.add(String.valueOf(candidates.columns().value(column, row)));
      }
      groups.computeIfAbsent(key, unseen -> new Group()).add(masks, row);
    }
    List<String> columns = new ArrayList<>(groupBy);
    columns.addAll(COUNTS);
    List<AuditRow> rows = new ArrayList<>();
    groups.forEach((key, group) -> rows.add(group.row(columns, key)));
    return AuditRows.all(columns, rows);
  }

  private static void requireColumns(List<String> groupBy) {
    for (String column : groupBy) {
      if (!GROUP_COLUMNS.contains(column)) {
        throw new RefusedInputException(
            "Invalid group_by: %s (expected one of %s)"
                .formatted(column, String.join(", ", GROUP_COLUMNS)));
      }
    }
    if (groupBy.isEmpty() || groupBy.stream().distinct().count() < groupBy.size()) {
      throw new RefusedInputException(
          "Invalid group_by: %s (expected at least one column, each once)".formatted(groupBy));
    }
  }

  private static int compare(List<String> left, List<String> right) {
    Comparator<String> order = CanonicalJson.CODE_POINT_ORDER;
    for (int i = 0; i < left.size(); i++) {
      int compared = order.compare(left.get(i), right.get(i));
      if (compared != 0) {
        return compared;
      }
    }
    return 0;
  }

  /** What is counted. */
  private static final class Masks {
    private final AuditColumn actor;
    private final AuditColumn train;
    private final AuditColumn selected;
    private final AuditColumn gain;

    Masks(AuditTable candidates) {
      actor = candidates.column("actor_action_mask");
      train = candidates.column("q_train_mask");
      selected = candidates.column("selected_mask");
      gain = candidates.optional("target_root_gain");
    }
  }

  /** Counts of one group. */
  private static final class Group {
    private long total;
    private long actorValid;
    private long trainable;
    private long selected;
    private long labelled;
    private double gainSum;

    void add(Masks masks, int row) {
      total++;
      actorValid += masks.actor.booleanAt(row) ? 1 : 0;
      trainable += masks.train.booleanAt(row) ? 1 : 0;
      selected += masks.selected.booleanAt(row) ? 1 : 0;
      double gain = masks.gain.doubleAt(row);
      if (Double.isFinite(gain)) {
        labelled++;
        gainSum += gain;
      }
    }

    AuditRow row(List<String> columns, List<String> key) {
      List<Object> values = new ArrayList<>(key);
      values.add(total);
      values.add(actorValid);
      values.add((double) actorValid / total);
      values.add(trainable);
      values.add(selected);
      values.add(labelled == 0 ? null : gainSum / labelled);
      return AuditRow.of(columns, values.toArray());
    }
  }
}
