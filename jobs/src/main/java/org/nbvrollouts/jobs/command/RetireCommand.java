package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.commit.ShardRetirement;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.manifest.ShardIds;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "retire",
    description = {
      "Take shards out of a campaign, so that the next run builds them again. What stood there"
          + " moves below _retired; nothing is deleted."
    },
    footerHeading = "%nExample:%n",
    footer = "  nbv-rollouts retire --final-root campaign/stores --shard-id 7 --yes")
final class RetireCommand implements Callable<Integer> {
  private final Console console;

  @Mixin ConfigOptions configOptions;
  @Mixin FinalRootOption root;

  @Option(
      names = "--shard-id",
      paramLabel = "ID",
      required = true,
      description = "The shard; may be repeated")
  List<String> shardIds;

  @Option(names = "--yes", description = "Do it. Default: say what would be done")
  boolean yes;

  RetireCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<String> ids =
        shardIds.stream().map(id -> UsageException.ofFlags(() -> ShardIds.parse(id))).toList();
    CampaignConfig config = configOptions.load(console);
    CampaignFolder folder = CampaignFolder.of(root.location(), config);
    folder.refuseRunningDriver(Clock.systemUTC());
    ShardRetirement retirement = new ShardRetirement(folder.layout(), folder.io());
    for (String id : ids) {
      try {
        retire(folder, retirement, id);
      } catch (IOException e) {
        throw new EnvironmentException(
            "Cannot retire shard: " + StorageReason.of(e) + " (shard=" + id + ")", e);
      }
    }
    return ExitCode.OK;
  }

  private void retire(CampaignFolder folder, ShardRetirement retirement, String id)
      throws IOException {
    List<String> obstacles = retirement.obstacles(id);
    if (yes) {
      console.print(
          id
              + ": retired, now "
              + retirement.retire(id, folder.publisher(), Clock.systemUTC().instant()));
    } else if (obstacles.isEmpty()) {
      console.print(id + ": would be retired. Add --yes to do it");
    } else {
      console.print(id + ": cannot be retired: " + String.join("; ", obstacles));
    }
  }
}
