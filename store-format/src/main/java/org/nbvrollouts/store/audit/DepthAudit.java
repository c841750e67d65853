package org.nbvrollouts.store.audit;

import java.util.OptionalInt;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Views of the depth images of chosen views. */
public final class DepthAudit {
  /** Rows of the summary unless the query says otherwise. */
  public static final long DEFAULT_LIMIT = 128;

  /** Longest side of a preview unless the caller says otherwise, in pixels. */
  public static final int DEFAULT_PREVIEW_SIZE = 96;

  private DepthAudit() {}

  /**
   * One row per step that the query asks for, in stored order: whether it has a depth image, or why
   * not, and what the image holds (specification audits 6.3). At most {@value #DEFAULT_LIMIT} rows
   * if the query has no limit; an image is read when its row is.
   *
   * @throws org.nbvrollouts.store.error.InvalidContentException if the store is of another schema
   *     or its tables of steps and candidates do not fit
   */
  public static AuditRows selectedDepthSummaryRows(RolloutZarrStoreReader store, AuditQuery query) {
    long limit = query.limit().orElse(DEFAULT_LIMIT);
    return new DepthColumns(AuditStore.of(store), query.limitedTo(limit)).rows();
  }

  /**
   * The image of a step, no side longer than asked for (specification audits 6.4).
   *
   * @param maxSize longest side in pixels; less than 1 counts as 1
   * @throws org.nbvrollouts.store.error.InvalidContentException if the store is of another schema
   *     or its table of steps does not fit
   */
  public static SelectedDepthPreview selectedDepthPreview(
      RolloutZarrStoreReader store, long stepRowId, int maxSize) {
    AuditTable steps = AuditStore.of(store).table("steps");
    OptionalInt row = store.rowOf("steps", stepRowId);
    DepthTable.Found found =
        row.isEmpty()
            ? DepthTable.Found.none(
                DepthUnavailable.UNKNOWN_STEP, "no step has the id " + stepRowId)
            : new DepthTable(store)
                .find(stepRowId, steps.column("selected_candidate_row_id").longAt(row.getAsInt()));
    return new SelectedDepthPreview(stepRowId, found, maxSize);
  }

  /** As the other, with the default size. */
  public static SelectedDepthPreview selectedDepthPreview(
      RolloutZarrStoreReader store, long stepRowId) {
    return selectedDepthPreview(store, stepRowId, DEFAULT_PREVIEW_SIZE);
  }
}
