package org.nbvrollouts.jobs.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.origin.StorePlaces;
import org.nbvrollouts.jobs.shard.StoredShardInspection;
import org.nbvrollouts.store.pack.StorePacker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "pack",
    description =
        "Pack a store of many files into one ZIP archive. The store is checked first, the archive"
            + " is read back, and nothing is overwritten.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts store pack campaign/stores/shard-000007 --out packed/shard-000007",
      "  nbv-rollouts store pack campaign/stores/shard-000007 --out shard-000007.zarr.zip"
    })
final class StorePackCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "STORE",
      description = "Folder of a committed shard, or of a store by itself")
  Path store;

  @Option(
      names = "--out",
      paramLabel = "PATH",
      required = true,
      description =
          "What to write: an archive by itself if it ends in .zip, else a folder in the packed"
              + " layout, with the marker if the store is a shard")
  Path out;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  StorePackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = Paths.existingStore(store);
    Paths.refuseRemote("out", out);
    StorePlaces.store(folder);
    new ConvertedText(console, json)
        .print("Packed", new StorePacker(StoredShardInspection.local()).pack(folder, out));
    return ExitCode.OK;
  }
}
