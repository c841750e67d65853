package org.nbvrollouts.store.audit;

import java.util.List;
import java.util.OptionalLong;

/**
 * Answer of a view.
 *
 * @param columns names in order, also when there is no row
 * @param rows the rows that the limit left; a large answer makes a row whenever it is asked for, so
 *     that none but the rows in use are in memory
 * @param totalRows number of rows without the limit
 */
public record AuditRows(List<String> columns, List<AuditRow> rows, long totalRows) {

  public AuditRows {
    columns = List.copyOf(columns);
  }

  /** All rows of an answer, none left out. */
  public static AuditRows all(List<String> columns, List<AuditRow> rows) {
    return new AuditRows(columns, List.copyOf(rows), rows.size());
  }

  /** True if the limit left rows out. */
  public boolean isTruncated() {
    return rows.size() < totalRows;
  }

  /** The first rows of this answer, or all without a limit; a negative one counts as 0. */
  public AuditRows first(OptionalLong limit) {
    int kept = (int) Math.min(rows.size(), Math.max(0, limit.orElse(Long.MAX_VALUE)));
    return new AuditRows(columns, rows.subList(0, kept), totalRows);
  }
}
