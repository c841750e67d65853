package org.nbvrollouts.jobs.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.store.audit.AuditRows;
import org.nbvrollouts.store.audit.StoreDiscovery;
import org.nbvrollouts.store.audit.StoreInventory;
import org.nbvrollouts.store.check.CheckLevel;
import org.nbvrollouts.store.io.StoreLocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "inventory",
    description =
        "One row for each store at or below a folder, also for old and broken ones: version, state,"
            + " size, and what it holds.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts audit inventory --store campaign/stores",
      "  nbv-rollouts audit inventory --store /data --pattern '**/*.zarr' --validate"
    })
final class AuditInventoryCommand implements Callable<Integer> {
  private static final List<String> MAIN =
      List.of(
          "path",
          "committed",
          "schema_status",
          "validation_status",
          "observed_rollouts",
          "observed_steps",
          "observed_candidates",
          "q_train_fraction",
          "policy_summary",
          "horizon_summary",
          "file_count",
          "size_bytes",
          "first_error");

  private final Console console;

  @Mixin StoreOption store;

  @Option(
      names = "--pattern",
      paramLabel = "GLOB",
      defaultValue = StoreDiscovery.ANY,
      description = "Only stores whose path below the folder fits, such as '**/*.zarr'")
  String pattern;

  @Option(names = "--validate", description = "Run every check on every store, which reads it all")
  boolean validate;

  @Mixin AuditOutput output;

  AuditInventoryCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    UsageException.ofFlags(() -> StoreDiscovery.matcher(pattern));
    StoreLocation folder = store.location();
    AuditRows rows =
        StoreInventory.rolloutStoreInventoryRows(
            RemoteStores.io(folder),
            RemoteStores.discovered(folder, pattern),
            validate ? Optional.of(CheckLevel.STRICT) : Optional.empty());
    output.print(console, folder, rows.first(output.most()), MAIN);
    return ExitCode.OK;
  }
}
