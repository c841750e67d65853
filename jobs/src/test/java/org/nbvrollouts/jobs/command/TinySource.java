package org.nbvrollouts.jobs.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nbvrollouts.jobs.source.SyntheticSource;
import org.nbvrollouts.pipeline.scene.SyntheticSceneConfig;

/** Two small homes with two rows each, and a configuration of a few candidates. */
public final class TinySource {
  private static final String CONFIG =
      """
      min_valid_root_candidates = 1
      max_targets_per_sample = 1

      [selected_depth]
      width_px = 24
      height_px = 24

      [[candidate_mixture.components]]
      name = "forward_local"
      count = 6
      position_mode = "forward_local"
      view_mode = "forward_rig"

      [[candidate_mixture.components]]
      name = "target_bearing_local"
      count = 4
      position_mode = "target_bearing_local"
      view_mode = "target_point"

      [target_scorer]
      backprojection_stride = 4
      target_crop_margin_m = 0.05

      [target_scorer.depth]
      resolution_scale = 0.1

      [[recipes]]
      name = "random_valid"
      selection_policy = "random_valid"
      horizon = 2

      [[recipes]]
      name = "oracle_lookahead"
      selection_policy = "oracle_greedy"
      horizon = 2
      branch_factor = 2
      beam_width = 2

      [storage]
      force_to_disk = false
      """;

  private TinySource() {}

  public static Path write(Path folder) {
    return write(folder, 11);
  }

  static Path write(Path folder, long seed) {
    return write(folder, seed, 2);
  }

  /** As many rows as asked for, an even number. */
  public static Path writeRows(Path folder, int rows) {
    return write(folder, 11, rows / 2);
  }

  private static Path write(Path folder, long seed, int rowsOfHome) {
    SyntheticSceneConfig config =
        SyntheticSceneConfig.of(2, seed)
            .withSnippetsPerScene(rowsOfHome)
            .withPosesPerSnippet(6)
            .withPointsPerSnippet(500);
    new SyntheticSource(config).write(folder, new SyntheticSource.Splits(0, 0), line -> {});
    return folder;
  }

  public static Path config(Path file) throws IOException {
    return Files.writeString(file, CONFIG);
  }

  /** The same with targets among the detected boxes, and a key of the source not in use. */
  static Path actorVisibleConfig(Path file) throws IOException {
    return Files.writeString(
        file,
        "target_source = \"actor_visible_selector\"\noracle_target_task_sampler.seed = 1\n"
            + CONFIG);
  }
}
