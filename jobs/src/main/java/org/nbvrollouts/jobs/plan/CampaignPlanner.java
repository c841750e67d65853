package org.nbvrollouts.jobs.plan;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.config.SourceSelection;
import org.nbvrollouts.jobs.provenance.BuildInfo;
import org.nbvrollouts.jobs.shard.StoreConfigs;
import org.nbvrollouts.jobs.text.Count;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.manifest.CampaignHeader;
import org.nbvrollouts.store.manifest.RolloutShardPlanner;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.manifest.ShardManifestFile;
import org.nbvrollouts.store.manifest.UtcStamps;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SceneLeakage;
import org.nbvrollouts.store.source.rollout.RolloutSourceReader;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;
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
   * Plans the rows that the configuration selects. Neither rows nor shards are held in memory.
   *
   * @param directory the source, as recorded in every entry
   * @param manifestFile how messages call the plan
   * @param rowsPerShard at least 1
   * @throws RefusedInputException if no row is selected, or no store could be written
   * @throws EnvironmentException if there is no room for a draft below {@code java.io.tmpdir}
   */
  public PlannedCampaign plan(
      RolloutSourceRows source,
      Path directory,
      String manifestFile,
      int rowsPerShard,
      ShardGrouping grouping) {
    StoreConfigs.check(config);
    String location = directory.toString().replace('\\', '/');
    ShardInputs inputs =
        new ShardInputs(
            config.hashes().writer(),
            source.sourceManifestHash(),
            RolloutSourceReader.SOURCE_CACHE_VERSION);
    ShardManifestFile manifest =
        PlanDraft.write(
            manifestFile,
            sink ->
                new RolloutShardPlanner(inputs, location, rowsPerShard, grouping)
                    .planRolloutShards(() -> select(source), sink));
    if (manifest.shards() == 0) {
      PlanDraft.remove(manifest.file());
      throw nothingToPlan(source, directory);
    }
    CampaignHeader header =
        new CampaignHeader(
            manifest.campaignId(),
            UtcStamps.text(clock.instant()),
            CampaignHeader.CampaignPlan.of(
                manifest, rowsPerShard, grouping, source.manifest().provenance().splitPolicy()),
            location,
            config.resolved(),
            BuildInfo.current().version());
    return new PlannedCampaign(manifest, header, warnings(manifest.rows(), source));
  }

  private Iterator<SampleIdentity> select(RolloutSourceRows source) {
    SourceSelection selection = config.source();
    return StreamSupport.stream(source.spliterator(), false)
        .filter(
            row ->
                selection.split().equals(SourceSelection.ALL)
                    || row.split().equals(selection.split()))
        .limit(selection.limit().orElse(Integer.MAX_VALUE))
        .iterator();
  }

  private RefusedInputException nothingToPlan(RolloutSourceRows source, Path directory) {
    return new RefusedInputException(
        "Cannot plan: the source has no row to plan (split="
            + config.source().split()
            + ", source_rows="
            + source.size()
            + ", source="
            + directory
            + ")");
  }

  private List<String> warnings(long rows, RolloutSourceRows source) {
    List<String> warnings = new ArrayList<>();
    SceneLeakage.warning(source).ifPresent(warnings::add);
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
