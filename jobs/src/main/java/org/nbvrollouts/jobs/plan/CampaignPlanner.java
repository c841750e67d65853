package org.nbvrollouts.jobs.plan;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.SourceSelection;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.jobs.shard.StoreConfigs;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardPlanner;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.manifest.ShardManifest;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SceneLeakage;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.rollout.SourceProvenance;

/**
 * Plans a campaign: selects source rows and cuts them into shards. The same source, configuration
 * and options give the same manifest bytes; nothing is rendered and the source is only read.
 */
public final class CampaignPlanner {
  private final CampaignConfig config;
  private final Clock clock;

  public CampaignPlanner(CampaignConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
  }

  /**
   * Plans the rows that the configuration selects.
   *
   * @param directory the source, as recorded in every entry
   * @param manifestFile how messages call the plan
   * @param rowsPerShard at least 1
   * @throws RefusedInputException if no row is selected, or no store could be written
   */
  public PlannedCampaign plan(
      RolloutSourceReader source,
      Path directory,
      String manifestFile,
      int rowsPerShard,
      ShardGrouping grouping) {
    StoreConfigs.check(config);
    List<SampleIdentity> rows = select(source.identities(), directory);
    String location = directory.toString().replace('\\', '/');
    ShardInputs inputs =
        new ShardInputs(
            config.hashes().writer(), source.sourceManifestHash(), source.sourceCacheVersion());
    List<RolloutShardEntry> entries =
        new RolloutShardPlanner(inputs, location, rowsPerShard, grouping).planRolloutShards(rows);
    ShardManifest manifest = ShardManifest.of(manifestFile, entries);
    CampaignHeader header =
        new CampaignHeader(
            CampaignHeader.campaignIdOf(manifest),
            UtcStamps.text(clock.instant()),
            CampaignHeader.CampaignPlan.of(
                manifest, rowsPerShard, grouping, source.manifest().provenance().splitPolicy()),
            location,
            config.resolved(),
            BuildInfo.current().version());
    return new PlannedCampaign(manifest, header, warnings(rows.size(), source));
  }

  private List<SampleIdentity> select(List<SampleIdentity> identities, Path directory) {
    SourceSelection selection = config.source();
    List<SampleIdentity> rows =
        identities.stream()
            .filter(
                row ->
                    selection.split().equals(SourceSelection.ALL)
                        || row.split().equals(selection.split()))
            .limit(selection.limit().orElse(Integer.MAX_VALUE))
            .toList();
    if (rows.isEmpty()) {
      throw new RefusedInputException(
          "Cannot plan: the source has no row to plan (split="
              + selection.split()
              + ", source_rows="
              + identities.size()
              + ", source="
              + directory
              + ")");
    }
    return rows;
  }

  private List<String> warnings(int rows, RolloutSourceReader source) {
    List<String> warnings = new ArrayList<>();
    SceneLeakage.warning(source.identities()).ifPresent(warnings::add);
    String interrupted =
        source.manifest().provenance().facts().get(SourceProvenance.VIN_INTERRUPTED);
    if (Boolean.parseBoolean(interrupted)) {
      warnings.add("The source was imported from a VIN store whose writing run was interrupted");
    }
    config
        .writer()
        .maxSamples()
        .ifPresent(
            most -> {
              if (most < rows) {
                warnings.add(
                    "max_samples does not limit a plan: "
                        + Count.of(rows, "row is", "rows are")
                        + " planned (max_samples="
                        + most
                        + "). Use [source] limit");
              }
            });
    return warnings;
  }
}
