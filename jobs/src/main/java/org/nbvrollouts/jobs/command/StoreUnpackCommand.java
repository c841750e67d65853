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
    name = "unpack",
    description =
        "Unpack a store into a folder of files. The archive is checked first, the files are read"
            + " back, and nothing is overwritten.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nbv-rollouts store unpack packed/shard-000007 --out stores/shard-000007",
      "  nbv-rollouts store unpack rollouts.zarr.zip --out rollouts.zarr"
    })
final class StoreUnpackCommand implements Callable<Integer> {
  private final Console console;

  @Parameters(
      paramLabel = "STORE",
      description = "Folder of a committed shard, or a packed store by itself: folder or archive")
  Path store;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder to write; with the marker if the store is a shard")
  Path out;

  @Option(names = "--json", description = "Print as JSON")
  boolean json;

  StoreUnpackCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path folder = Paths.existingStore(store);
    Paths.refuseRemote("out", out);
    StorePlaces.store(folder);
    new ConvertedText(console, json)
        .print("Unpacked", new StorePacker(StoredShardInspection.local()).unpack(folder, out));
    return ExitCode.OK;
  }
}
