package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A view of one store: reads its rows and prints them. */
abstract class AuditViewCommand implements Callable<Integer> {
  private final Console console;

  @Mixin StoreOption store;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Most rows. Default: 50 in a table, all with --json")
  Long limit;

  @Option(
      names = "--json",
      description = "Print as JSON with every column; a table shows the main ones")
  boolean json;

  AuditViewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    StoreLocation location = store.one();
    try (RolloutZarrStoreReader reader = RemoteStores.reader(location)) {
      AuditRows rows = rows(reader, rowLimit());
      AuditPrinter printer = new AuditPrinter(console);
      if (json) {
        printer.json(location, rows);
      } else {
        printer.table(rows, tableColumns(rows.columns()));
      }
    }
    return exitCode();
  }

  private OptionalLong rowLimit() {
    if (limit != null) {
      return OptionalLong.of(limit);
    }
    return json ? OptionalLong.empty() : OptionalLong.of(AuditPrinter.TABLE_ROWS);
  }

  /** Reads the view, at most so many rows of it. */
  abstract AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most);

  /** Columns that a table shows, all unless a view says otherwise. */
  List<String> tableColumns(List<String> columns) {
    return columns;
  }

  /** What the command returns once the rows are printed. */
  int exitCode() {
    return ExitCode.OK;
  }
}
