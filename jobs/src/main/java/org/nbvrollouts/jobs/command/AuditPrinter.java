package org.nbvrollouts.jobs.command;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.nbvrollouts.jobs.summary.TextTable;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.audit.AuditRow;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;

/** Prints rows of a view, as a table for people or as JSON with one row per line. */
final class AuditPrinter {
  /** Rows of a table unless a limit is given. */
  static final int TABLE_ROWS = 50;

  private static final String NOTHING = "–";

  private final Console console;

  AuditPrinter(Console console) {
    this.console = console;
  }

  /** Prints some columns, and says how many rows were left out. */
  void table(AuditRows rows, List<String> columns) {
    if (rows.totalRows() == 0) {
      console.print("No row");
      return;
    }
    TextTable table = new TextTable(columns.size());
    table.row(columns.toArray(String[]::new));
    table.rule();
    for (AuditRow row : rows.rows()) {
      table.row(columns.stream().map(column -> cell(row.get(column))).toArray(String[]::new));
    }
    table.lines().forEach(console::print);
    if (rows.isTruncated()) {
      long left = rows.totalRows() - rows.rows().size();
      console.print(
          "%s left out of %,d; --limit shows more, --json all"
              .formatted(Count.of(left, "row"), rows.totalRows()));
    }
  }

  /** Prints the values of one row, a line for each. */
  void facts(AuditRow row) {
    row.values().forEach((name, value) -> console.print("%-20s %s".formatted(name, cell(value))));
  }

  private static String cell(Object value) {
    if (value == null || value.equals("")) {
      return NOTHING;
    }
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.4f", number)
        : value.toString();
  }

  /** Prints every column; rows are written one by one, however many there are. */
  void json(StoreLocation store, AuditRows rows) {
    console.print("{");
    member("store", store.toString());
    member("columns", rows.columns());
    member("total_rows", rows.totalRows());
    member("truncated", rows.isTruncated());
    console.print("  \"rows\": [");
    Iterator<AuditRow> left = rows.rows().iterator();
    while (left.hasNext()) {
      String row = CanonicalJson.compact(left.next().values());
      console.print("    " + row + (left.hasNext() ? "," : ""));
    }
    console.print("  ]");
    console.print("}");
  }

  private void member(String name, Object value) {
    console.print("  \"" + name + "\": " + CanonicalJson.compact(value) + ",");
  }
}
