package org.nbvrollouts.jobs.plan;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.store.commit.CampaignLayout;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.CampaignHeaderParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardManifest;
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
  public CampaignHeader find(
      ShardManifest manifest, Path manifestFile, StoreIO io, CampaignLayout layout) {
    return started(manifest, io, layout).orElseGet(() -> planned(manifest, manifestFile));
  }

  /** A plan that lost or changed lines is not the campaign whose header stands beside it. */
  private CampaignHeader planned(ShardManifest manifest, Path manifestFile) {
    Optional<CampaignHeader> beside = PlanFiles.readHeader(manifestFile);
    if (beside.isEmpty()) {
      return derived(manifest);
    }
    if (!PlanFiles.describes(beside.get(), manifest)) {
      throw new RefusedInputException(
          "Invalid plan: its lines are not those that "
              + CampaignHeader.FILE_NAME
              + " beside it describes (expected "
              + beside.get().plan().numShards()
              + " shards, file="
              + manifestFile
              + "). Restore the plan or plan again; to run a part of it as a campaign of its own,"
              + " copy it to another folder");
    }
    return beside.get();
  }

  /** A part of a plan, such as a retry manifest, continues the campaign that is there. */
  private static Optional<CampaignHeader> started(
      ShardManifest manifest, StoreIO io, CampaignLayout layout) {
    StoreLocation headerFile = layout.finalRoot().child(CampaignHeader.FILE_NAME);
    try {
      Optional<byte[]> header = io.read(headerFile);
      Optional<byte[]> plan = io.read(layout.finalRoot().child(CampaignLayout.MANIFEST_NAME));
      if (header.isEmpty() || plan.isEmpty() || !lines(plan.get()).containsAll(lines(manifest))) {
        return Optional.empty();
      }
      return Optional.of(CampaignHeaderParser.parse(header.get(), headerFile.text()));
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read final root: " + StorageReason.of(e) + " (file=" + headerFile + ")", e);
    }
  }

  private CampaignHeader derived(ShardManifest manifest) {
    List<RolloutShardEntry> entries = manifest.entries();
    int rowsPerShard = entries.stream().mapToInt(RolloutShardEntry::numRows).max().orElse(1);
    String source = entries.isEmpty() ? "" : entries.get(0).sourceStoreDir();
    return new CampaignHeader(
        CampaignHeader.campaignIdOf(manifest),
        UtcStamps.text(clock.instant()),
        CampaignHeader.CampaignPlan.of(manifest, rowsPerShard, ShardGrouping.NONE, UNKNOWN_POLICY),
        source,
        config.resolved(),
        BuildInfo.current().version());
  }

  private static Set<String> lines(ShardManifest manifest) {
    return lines(manifest.toBytes());
  }

  private static Set<String> lines(byte[] utf8) {
    return Set.copyOf(new String(utf8, StandardCharsets.UTF_8).lines().toList());
  }
}
