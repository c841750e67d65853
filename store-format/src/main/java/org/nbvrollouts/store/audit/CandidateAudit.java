package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Views of the candidates of a store. */
public final class CandidateAudit {
  /** The masks that count in the waterfall, by the name of their stage. */
  private static final List<Map.Entry<String, String>> STAGES =
      List.of(
          Map.entry("actor-valid", "actor_action_mask"),
          Map.entry("oracle-label", "oracle_label_mask"),
          Map.entry("q-train", "q_train_mask"),
          Map.entry("selected", "selected_mask"));

  private static final List<String> WATERFALL_COLUMNS =
      List.of("stage", "count", "fraction_of_full");

  private CandidateAudit() {}

  /**
   * One row per candidate that the query asks for, in stored order (specification audits 4.1).
   *
   * @throws InvalidContentException if the store is of another schema or its tables do not fit
   */
  public static AuditRows candidateAuditRows(RolloutZarrStoreReader store, AuditQuery query) {
    return new CandidateColumns(AuditStore.of(store)).rows(query);
  }

  /**
   * How many candidates pass each of four masks (specification audits 4.2). The stages are no
   * funnel: a chosen candidate need not be trainable.
   *
   * @throws InvalidContentException if the store is of another schema or its tables do not fit
   */
  public static AuditRows validityWaterfallRows(RolloutZarrStoreReader store) {
    AuditTable candidates = AuditStore.of(store).table("candidates");
    List<AuditRow> rows = new ArrayList<>();
    rows.add(stage("full shell", candidates.rows(), candidates.rows()));
    STAGES.forEach(
        stage -> {
          long count = candidates.column(stage.getValue()).countTrue();
          rows.add(stage(stage.getKey(), count, candidates.rows()));
        });
    return AuditRows.all(WATERFALL_COLUMNS, rows);
  }

  private static AuditRow stage(String name, long count, long all) {
    Double fraction = all == 0 ? null : (double) count / all;
    return AuditRow.of(WATERFALL_COLUMNS, name, count, fraction);
  }
}
