package org.nbvrollouts.jobs.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.jobs.plan.CampaignPlanner;
import org.nbvrollouts.jobs.plan.PlannedCampaign;
import org.nbvrollouts.jobs.shard.ShardRunRequest;
import org.nbvrollouts.jobs.shard.ShardRunner;
import org.nbvrollouts.jobs.source.SyntheticSource;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;
import org.nbvrollouts.store.commit.CommitPolicy.CommittedBy;
import org.nbvrollouts.store.commit.RolloutShardRunResult;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.source.rollout.RolloutSourceRows;
import org.nbvrollouts.store.zarr.StoreLayout;

/**
 * One small home with two rows, built into one committed store without Spark.
 *
 * @param source the rollout source
 * @param finalRoot holds the shard
 */
public record StoredCampaign(Path source, Path finalRoot) {
  /** Every recipe kind, jitter, a rule that fails often, two targets. */
  public static final String CONFIG =
      """
      min_valid_root_candidates = 1

      [oracle_target_task_sampler]
      max_targets_per_sample = 2

      [selected_depth]
      width_px = 24
      height_px = 16

      [candidate_mixture.base]
      view_roll_jitter_deg = 5.0

      [[candidate_mixture.components]]
      name = "forward_local"
      count = 5
      position_mode = "forward_local"
      view_mode = "forward_rig"
      view_max_azimuth_deg = 40.0
      view_max_elevation_deg = 20.0

      [[candidate_mixture.components]]
      name = "target_bearing_local"
      count = 4
      position_mode = "target_bearing_local"
      view_mode = "target_point"

      [[candidate_mixture.components]]
      name = "lateral_target_bypass"
      count = 3
      position_mode = "lateral_target_bypass"
      view_mode = "radial_towards"

      [target_scorer]
      backprojection_stride = 4
      target_crop_margin_m = 0.05

      [target_scorer.depth]
      resolution_scale = 0.1

      [[recipes]]
      name = "random_valid"
      selection_policy = "random_valid"
      horizon = 1

      [[recipes]]
      name = "oracle_lookahead"
      selection_policy = "oracle_greedy"
      horizon = 2
      branch_factor = 2
      beam_width = 2

      [[recipes]]
      name = "temperature_softmax"
      selection_policy = "temperature_softmax"
      horizon = 2
      branch_factor = 2
      beam_width = 2

      [storage]
      force_to_disk = false
      """;

  /** Builds everything below a folder. */
  public static StoredCampaign build(Path folder) throws IOException {
    Path source = folder.resolve("source");
    new SyntheticSource(
            SyntheticSceneConfig.of(1, 5)
                .withSnippetsPerScene(2)
                .withPosesPerSnippet(4)
                .withPointsPerSnippet(300))
        .write(source, new SyntheticSource.Splits(0, 0), line -> {});
    return build(folder, source, CONFIG);
  }

  /** Builds one store from all rows of a source. */
  public static StoredCampaign build(Path folder, Path source, String toml) throws IOException {
    Path file = Files.writeString(folder.resolve("small.toml"), toml);
    CampaignConfig config = CampaignConfig.load(file, folder);
    Path finalRoot = folder.resolve("stores");
    try (RolloutSourceRows rows = RolloutSourceRows.open(source);
        PlannedCampaign plan =
            new CampaignPlanner(config, Clock.systemUTC())
                .plan(rows, source, "plan", 1000, ShardGrouping.SCENE)) {
      for (RolloutShardEntry entry : plan.manifest().entries()) {
        RolloutShardRunResult result =
            ShardRunner.of(request(plan, config, finalRoot)).run(entry, 0, "test", () -> false);
        assertThat(result).isInstanceOf(RolloutShardRunResult.Finished.class);
      }
    }
    return new StoredCampaign(source, finalRoot);
  }

  /** The only store. */
  public Path store() {
    return StorePlaces.stores(finalRoot).get(0);
  }

  private static ShardRunRequest request(
      PlannedCampaign plan, CampaignConfig config, Path finalRoot) {
    return new ShardRunRequest(
        plan.header().campaignId(),
        ShardRunner.newRunId(),
        config.text(),
        StoreLocation.of(finalRoot),
        StoreLayout.DIRECTORY,
        "",
        VerifyLevel.FILES,
        true,
        600_000,
        List.of(),
        "auto",
        CommittedBy.ATTEMPT,
        StorageOptions.DEFAULT);
  }
}
