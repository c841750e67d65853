package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.nbvrollouts.store.status.CampaignStatusReport;
import org.nbvrollouts.store.status.CampaignTotals;

/**
 * A plan that is an empty file, for a campaign that has been started: what {@code status
 * --retry-manifest} writes when nothing is left to do, so that {@code run} has nothing to do
 * either. Without a campaign at the final root an empty plan is one that got lost.
 */
record EmptyPlan(Path file, StoreLocation finalRoot) {

  /** Whether it is that. */
  boolean isOfStartedCampaign(StorageSettings storage) {
    StoreLocation header = finalRoot.child(CampaignHeader.FILE_NAME);
    try {
      return Files.isRegularFile(file)
          && Files.size(file) == 0
          && CampaignStorage.io(finalRoot, storage).read(header).isPresent();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read plan or final root: %s (file=%s, final_root=%s)"
              .formatted(StorageReason.withFile(e), file, finalRoot),
          e);
    }
  }

  /** Says so, or reports a campaign of no shards as JSON. */
  int report(Console console, VerifyLevel verify, boolean json) throws IOException {
    String words =
        "Nothing to do: the plan is empty, as status writes it when every shard is finished (file=%s)"
            .formatted(file);
    if (!json) {
      console.print(words);
      return ExitCode.OK;
    }
    console.note(words);
    try (StatusOutputs outputs = new StatusOutputs(true)) {
      outputs.writeReport(
          console.outWriter(),
          new CampaignStatusReport(
              file.toString(),
              finalRoot.text(),
              new CampaignTotals(),
              List.of(),
              UtcStamps.text(Clock.systemUTC().instant()),
              verify));
    }
    console.print("");
    return ExitCode.OK;
  }
}
