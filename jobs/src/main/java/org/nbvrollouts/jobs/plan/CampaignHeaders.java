package org.nbvrollouts.jobs.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.CampaignHeaderParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.manifest.UtcStamps;

/** Finds the campaign that a shard manifest belongs to. */
public final class CampaignHeaders {
  private static final String UNKNOWN_POLICY = "unknown";

  private final CampaignConfig config;
  private final Clock clock;

  public CampaignHeaders(CampaignConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * The header of a campaign: of the final root if the manifest is a part of its plan, else the one
   * beside the manifest, else a new one.
   *
   * @throws RefusedInputException if the header beside the manifest describes another plan
   */
  public CampaignHeader find(ShardManifestFile plan, StoreIO io, CampaignLayout layout) {
    return started(plan, io, layout).orElseGet(() -> planned(plan));
  }

  /** A plan that lost or changed lines is not the campaign whose header stands beside it. */
  private CampaignHeader planned(ShardManifestFile plan) {
    Optional<CampaignHeader> beside = PlanFiles.readHeader(plan.file());
    if (beside.isEmpty()) {
      return derived(plan);
    }
    if (!PlanFiles.describes(beside.get(), plan)) {
      throw new RefusedInputException(
          "Invalid plan: its lines are not those that "
              + CampaignHeader.FILE_NAME
              + " beside it describes (expected "
              + beside.get().plan().numShards()
              + " shards, file="
              + plan.file()
              + "). Restore the plan or plan again; to run a part of it as a campaign of its own,"
              + " copy it to another folder");
    }
    return beside.get();
  }

  /** A part of a plan, such as a retry manifest, continues the campaign that is there. */
  private static Optional<CampaignHeader> started(
      ShardManifestFile plan, StoreIO io, CampaignLayout layout) {
    StoreLocation headerFile = layout.finalRoot().child(CampaignHeader.FILE_NAME);
    try {
      Optional<byte[]> bytes = io.read(headerFile);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      CampaignHeader header = CampaignHeaderParser.parse(bytes.get(), headerFile.text());
      if (PlanFiles.describes(header, plan)) {
        return Optional.of(header);
      }
      return isPart(plan, io, layout.finalRoot().child(CampaignLayout.MANIFEST_NAME))
          ? Optional.of(header)
          : Optional.empty();
    } catch (InvalidContentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read final root: " + StorageReason.of(e) + " (file=" + headerFile + ")", e);
    }
  }

  private static boolean isPart(ShardManifestFile plan, StoreIO io, StoreLocation whole)
      throws IOException {
    Path copy = Files.createTempFile("nbv-rollouts-plan-", ".jsonl");
    try {
      return io.readFile(whole, copy) && plan.isPartOf(copy);
    } finally {
      Files.deleteIfExists(copy);
    }
  }

  private CampaignHeader derived(ShardManifestFile plan) {
    return new CampaignHeader(
        plan.campaignId(),
        UtcStamps.text(clock.instant()),
        new CampaignHeader.CampaignPlan(
            plan.sha256(),
            plan.shards(),
            plan.rows(),
            Math.max(1, plan.mostRows()),
            ShardGrouping.NONE,
            UNKNOWN_POLICY),
        plan.first().map(RolloutShardEntry::sourceStoreDir).orElse(""),
        config.resolved(),
        BuildInfo.current().version());
  }
}
