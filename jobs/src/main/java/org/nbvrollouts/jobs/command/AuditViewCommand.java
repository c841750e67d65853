package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import picocli.CommandLine.Mixin;

/** A view of one store: reads its rows and prints them. */
abstract class AuditViewCommand implements Callable<Integer> {
  private final Console console;
  private final List<String> main;

  @Mixin StoreOption store;
  @Mixin AuditOutput output;

  /**
   * A view.
   *
   * @param main columns that a table shows; none for all
   */
  AuditViewCommand(Console console, List<String> main) {
    this.console = console;
    this.main = main;
  }

  @Override
  public Integer call() {
    StoreLocation location = store.one();
    try (RolloutZarrStoreReader reader = RemoteStores.reader(location)) {
      AuditRows rows = rows(reader, output.most());
      output.print(console, location, rows, main.isEmpty() ? rows.columns() : main);
    }
    return exitCode();
  }

  /** Reads the view, at most so many rows of it. */
  abstract AuditRows rows(RolloutZarrStoreReader reader, OptionalLong most);

  /** What the command returns once the rows are printed. */
  int exitCode() {
    return ExitCode.OK;
  }
}
