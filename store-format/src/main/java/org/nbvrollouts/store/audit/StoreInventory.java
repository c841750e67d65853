package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.check.CheckLevel;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;

/** A row for each of several stores, of any schema and in any state. */
public final class StoreInventory {
  private static final List<String> STATES = List.of("unreadable", "stale", "current");

  private static final Comparator<AuditRow> BEST_LAST =
      Comparator.<AuditRow>comparingInt(row -> STATES.indexOf(row.get("schema_status")))
          .thenComparing(row -> Boolean.TRUE.equals(row.get("validation_ok")))
          .thenComparing(
              row -> (Double) row.get("mtime_unix"),
              Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(row -> (String) row.get("path"), CanonicalJson.CODE_POINT_ORDER);

  private StoreInventory() {}

  /**
   * What each store is, holds and lacks (specification audits 7.2). Nothing is thrown about a
   * store: one that cannot be read has a row that says so, with null for what nobody knows. Current
   * stores come first, then those of another schema version, then the unreadable ones; among equals
   * valid ones, later ones, and the greater path first.
   *
   * @param paths folders or archives of stores; see {@link StoreDiscovery} for finding them
   * @param judged level at which every store is validated, which reads all of it; without one,
   *     {@code validation_status} is {@code unknown} wherever nothing went wrong
   */
  public static AuditRows rolloutStoreInventoryRows(
      StoreIO io, List<StoreLocation> paths, Optional<CheckLevel> judged) {
    List<AuditRow> rows = new ArrayList<>();
    for (StoreLocation path : paths) {
      rows.add(new InventoryRow(io, path, judged).toRow());
    }
    rows.sort(BEST_LAST.reversed());
    return AuditRows.all(InventoryRow.COLUMNS, rows);
  }
}
