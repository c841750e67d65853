package org.nbvrollouts.jobs.command;

import org.nbvrollouts.store.io.StoreLocation;
import picocli.CommandLine.Option;

/** The final root of a campaign that exists. */
final class FinalRootOption {
  @Option(
      names = "--final-root",
      paramLabel = "DIR",
      required = true,
      description = "Folder of the finished shards")
  String finalRoot;

  StoreLocation location() {
    return Paths.finalRoot(finalRoot);
  }
}
