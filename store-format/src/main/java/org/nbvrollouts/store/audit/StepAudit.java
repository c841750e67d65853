package org.nbvrollouts.store.audit;

import java.util.OptionalLong;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Views of the steps of a store: what each chain gained, and how it chose. */
public final class StepAudit {
  private StepAudit() {}

  /**
   * One row per step of the rollout that the query names, or of all, along their chains
   * (specification audits 6.1). {@code cumulative_target_rri} sums gains that are relative to their
   * state and is diagnostic; {@code target_root_gain} is what training uses. The marginal value of
   * a step is null where it or the step before has none. A query for one step is not answered here;
   * its step is ignored.
   *
   * @throws org.nbvrollouts.store.error.InvalidContentException if the store is of another schema
   *     or its tables do not fit
   */
  public static AuditRows rolloutStepObjectiveRows(RolloutZarrStoreReader store, AuditQuery query) {
    return new StepObjectiveColumns(AuditStore.of(store), query).rows(query.limit());
  }

  /**
   * Steps with the same policy, chain parameters, step index and kind of chosen view, counted and
   * averaged (specification audits 6.2). It describes chains that were chosen: a store knows
   * nothing of branches that were dropped. Sorted by policy, step index and the other keys, of
   * which null comes first.
   *
   * @throws org.nbvrollouts.store.error.InvalidContentException as for the other view
   */
  public static AuditRows rolloutTreeSummaryRows(RolloutZarrStoreReader store, OptionalLong limit) {
    StepObjectiveColumns steps = new StepObjectiveColumns(AuditStore.of(store), AuditQuery.ALL);
    return StepTree.of(steps).rows().first(limit);
  }
}
