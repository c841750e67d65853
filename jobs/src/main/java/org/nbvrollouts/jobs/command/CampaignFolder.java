package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.shard.CampaignStorage;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.commit.CampaignLock;
import org.nbvrollouts.store.commit.Publisher;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;

/**
 * The final root of a campaign for commands of an operator, which change it outside of a run.
 *
 * @param publisher as the campaign file says how shards are published there
 */
record CampaignFolder(CampaignLayout layout, StoreIO io, Publisher publisher) {

  /** The folder, which must be that of a campaign; what else is there must not be touched. */
  static CampaignFolder of(StoreLocation finalRoot, CampaignConfig config) {
    StoreIO io = CampaignStorage.io(finalRoot, config.storage());
    CampaignLayout layout = CampaignLayout.of(finalRoot);
    try {
      if (!io.list(finalRoot).contains(CampaignHeader.FILE_NAME)) {
        throw new RefusedInputException(
            "Cannot use folder: it is not the final root of a campaign (expected a file "
                + CampaignHeader.FILE_NAME
                + ", final_root="
                + finalRoot
                + ")");
      }
    } catch (IOException e) {
      throw unreadable(finalRoot, e);
    }
    return new CampaignFolder(layout, io, CampaignStorage.publisher(finalRoot, config.storage()));
  }

  /** Refuses while a driver runs. */
  void refuseRunningDriver(Clock clock) {
    try {
      Optional<String> driver = CampaignLock.runningDriver(io, layout, clock);
      if (driver.isPresent()) {
        throw new RefusedInputException(
            "Cannot change campaign: a driver runs it ("
                + driver.get()
                + "). Wait until it has ended; one that died is forgotten after a minute");
      }
    } catch (IOException e) {
      throw unreadable(layout.finalRoot(), e);
    }
  }

  static EnvironmentException unreadable(StoreLocation place, IOException failure) {
    return new EnvironmentException(
        "Cannot read final root: " + StorageReason.of(failure) + " (folder=" + place + ")",
        failure);
  }
}
