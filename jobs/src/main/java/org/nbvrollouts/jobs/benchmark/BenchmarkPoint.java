package org.nbvrollouts.jobs.benchmark;

import org.nbvrollouts.jobs.config.CampaignConfig;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * One thing to measure: the production profile with these sizes.
 *
 * @param faces wanted faces of the mesh
 * @param rows source rows, each a shard of its own
 * @param candidates per node
 * @param horizon steps of every recipe; 0 leaves each recipe its own
 * @param viewPixels columns and rows of a candidate's view; 0 leaves those of the profile
 * @param scene whether the scene is scored, too
 */
public record BenchmarkPoint(
    int faces, int rows, int candidates, int horizon, int viewPixels, SceneScores scene) {
  /** Candidates per node of the production profile. */
  public static final int PRODUCTION_CANDIDATES = 60;

  /** Horizons of the production profile. */
  public static final int PRODUCTION_HORIZON = 0;

  /** Views of the production profile. */
  public static final int PRODUCTION_VIEW = 0;

  /** Fewest faces: about those of the home that all meshes are refined from. */
  public static final int LEAST_FACES = 20_000;

  private static final int MOST_FACES = 16_000_000;
  private static final int MOST_ROWS = 1000;
  private static final String PROFILE = "production";

  /** Whether every valid candidate gets its scene errors. */
  public enum SceneScores {
    ON,
    OFF
  }

  public BenchmarkPoint {
    requireWithin("number of faces", faces, LEAST_FACES, MOST_FACES);
    requireWithin("number of rows", rows, 1, MOST_ROWS);
    requireWithin("number of candidates", candidates, 5, 1000);
    requireWithin("horizon", horizon, PRODUCTION_HORIZON, 8);
    requireWithin("number of view pixels", viewPixels, PRODUCTION_VIEW, 1024);
  }

  /** This point with another value of what varies. */
  BenchmarkPoint with(Varied varied, int value) {
    return switch (varied) {
      case FACES -> new BenchmarkPoint(value, rows, candidates, horizon, viewPixels, scene);
      case CANDIDATES -> new BenchmarkPoint(faces, rows, value, horizon, viewPixels, scene);
      case HORIZON -> new BenchmarkPoint(faces, rows, candidates, value, viewPixels, scene);
      case PIXELS -> new BenchmarkPoint(faces, rows, candidates, horizon, value, scene);
      case ROWS -> new BenchmarkPoint(faces, value, candidates, horizon, viewPixels, scene);
    };
  }

  int value(Varied varied) {
    return switch (varied) {
      case FACES -> faces;
      case CANDIDATES -> candidates;
      case HORIZON -> horizon;
      case PIXELS -> viewPixels;
      case ROWS -> rows;
    };
  }

  /** About how much work this is, in any unit, for the time that is left. */
  double weight() {
    return rows * (100_000.0 + faces) * candidates * Math.max(1, horizon);
  }

  /** The production profile with the sizes of this point. */
  CampaignConfig config() {
    CampaignConfig.Text production = CampaignConfig.profile(PROFILE).text();
    int lateral = candidates / 5;
    int forward = (candidates - lateral) / 2;
    int[] counts = {forward, candidates - lateral - forward, lateral};
    StringBuilder toml = new StringBuilder();
    int component = 0;
    for (String line : production.toml().split("\n", -1)) {
      if (line.startsWith("count = ")) {
        toml.append("count = ").append(counts[component++]);
      } else if (line.startsWith("min_valid_root_candidates = ")) {
        toml.append("min_valid_root_candidates = ").append(Math.max(1, candidates / 4));
      } else if (line.startsWith("horizon = ") && horizon > PRODUCTION_HORIZON) {
        toml.append("horizon = ").append(horizon);
      } else if (line.startsWith("resolution_scale = ") && viewPixels > PRODUCTION_VIEW) {
        toml.append("output_width_px = ").append(viewPixels);
        toml.append("\noutput_height_px = ").append(viewPixels);
      } else {
        toml.append(line);
      }
      if (line.equals("[target_scorer.depth]") && candidates > PRODUCTION_CANDIDATES) {
        toml.append("\nmax_candidates_final = ").append(candidates);
      }
      if (line.equals("[target_scorer]")) {
        toml.append("\ninclude_scene_rri = ").append(scene == SceneScores.ON);
      }
      toml.append('\n');
    }
    return new CampaignConfig.Text(production.file(), toml.toString()).parse();
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new RefusedInputException(
          "Invalid " + name + ": " + value + " (expected " + least + " to " + most + ")");
    }
  }
}
