package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.io.StoreLocation;
import picocli.CommandLine.Option;

/** How many rows of a view are printed, and in which form. */
final class AuditOutput {
  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most rows. Default: 50 in a table, all with --json")
  Long limit;

  @Option(
      names = "--json",
      description = "Print as JSON with every column; a table shows the main ones")
  boolean json;

  /** Most rows to read; empty for all. */
  OptionalLong most() {
    if (limit != null) {
      return OptionalLong.of(limit);
    }
    return json ? OptionalLong.empty() : OptionalLong.of(AuditPrinter.TABLE_ROWS);
  }

  /**
   * Prints rows.
   *
   * @param main columns of a table
   */
  void print(Console console, StoreLocation store, AuditRows rows, List<String> main) {
    AuditPrinter printer = new AuditPrinter(console);
    if (json) {
      printer.json(store, rows);
    } else {
      printer.table(rows, main);
    }
  }
}
