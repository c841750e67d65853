package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} is written from the table of keys. */
class TestConfigurationDocument {
  private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
  private static final String REGENERATE = "NBV_REGENERATE";
  private static final String COMMAND =
      REGENERATE
          + "=true mvn -pl jobs -am test -Dtest=TestConfigurationDocument"
          + " -Dsurefire.failIfNoSpecifiedTests=false";

  @Test
  void theDocumentIsCurrent() throws IOException {
    String expected = document();
    if ("true".equals(System.getenv(REGENERATE))) {
      Files.writeString(DOCUMENT, expected);
    }
    assertThat(DOCUMENT).as("Regenerate it with: " + COMMAND).hasContent(expected);
  }

  @Test
  void everyKeyThatMeansSomethingIsExplained() {
    assertThat(ConfigKeys.all()).allSatisfy(key -> assertThat(key.meaning()).isNotBlank());
  }

  private static String document() {
    StringBuilder text =
        new StringBuilder(
            """
            # Configuration

            A campaign is one TOML file. A key that is not in these tables is an error. Precedence: flag,
            file, default. Lists of tables (`[[recipes]]`) have one entry per table. All problems of a file
            are told at once, each with key, rule and line; nothing is written then.

            ## Shipped files

            `--config smoke.toml` takes a file of `conf/` from anywhere. Profiles are whole campaigns.
            Mixtures hold a candidate mixture by name with the default recipes: run them as they are, or
            copy their tables `candidate_mixture.*` into a campaign.

            | File | Candidates | For |
            |---|---|---|
            | `smoke.toml` | 5 | a first run: one row, every recipe |
            | `microset.toml` | 32 | a small set with variety |
            | `lrz-may.toml` | 8 | a first campaign on a cluster |
            | `realistic-pilot.toml` | 60 | fifty rows before a production campaign, with view jitter |
            | `production.toml` | 60 | the campaign that trains planners |
            | `actor-visible.toml` | 12 | targets among detected boxes, every key of the selector |
            | `mixture-realistic.toml` | 60 | the default mixture, written out |
            | `mixture-may.toml` | 60 | comparison with early stores |
            | `mixture-rich-local.toml` | 60 | five local families under wider bounds on motion |
            | `mixture-diverse.toml` | 48 | many view directions, steps back |
            | `mixture-free-shell.toml` | 60 | an upper bound without realistic motion |

            ## Keys

            `none` takes the value of a key away where the default column says so. The column *hash*
            tells which configuration hashes a key enters; keys without one change no data. Of the tables
            `oracle_target_task_sampler` and `target_selector` only the one that `target_source` names has
            an effect and enters a hash; written keys of the other are reported.

            | Key | Type | Default | Hash | Meaning |
            |---|---|---|---|---|
            """);
    ConfigKeys.all().stream()
        .filter(key -> key.role() != KeyRole.IGNORED)
        .forEach(key -> text.append(row(key)));
    text.append(
        """

        ## Rules between keys

        | Keys | Rule |
        |---|---|
        | `min_radius`, `max_radius`; `min_elev_deg`, `max_elev_deg` | in order, also after a component has inherited one of them |
        | `target_scorer.depth.max_candidates_final` | at least the sum of `count` |
        | `target_scorer.depth.output_width_px`, `output_height_px` | both or neither |
        | `target_scorer.depth.renderer.znear`, `zfar` | `znear` is less |
        | `camera_label` | `rgb`, since sources hold no other calibration |
        | `name` of components, of recipes | not blank, used once |
        | `branch_factor_schedule`, `stochastic_branch_factors` | one of them |
        | `stochastic_branch_probabilities` | one per factor, with a positive sum |
        | `strategy`, `policy.*` | other spellings of `view_mode` and of the keys of a recipe; not beside them |

        These are allowed and warned about: a jitter cap above `max_yaw_delta_deg`, because jitter comes
        before the rules and such views are rejected; a `min_radius` above `max_step_distance_m`; a
        `view_sampling_strategy` beside a jitter cap, which wins; more `min_valid_root_candidates` than
        candidates.

        The family `target_orbit` draws nothing: its rows stand on the circle about the target at 6, 10,
        14, 18, 22 and 26 degrees right and left in turn, and radii do not apply to it.

        ## Accepted without effect

        Keys of other implementations that mean nothing here. They are reported and ignored.

        | Key | Why |
        |---|---|
        """);
    ConfigKeys.all().stream()
        .filter(key -> key.role() == KeyRole.IGNORED)
        .forEach(key -> text.append("| `" + key.path() + "` | " + key.meaning() + " |\n"));
    return text.toString();
  }

  private static String row(ConfigKey key) {
    String range = key.range().words();
    String type = range.isEmpty() ? key.value().words() : key.value().words() + ", " + range;
    return "| `"
        + key.path()
        + "` | "
        + type
        + " | "
        + fallback(key)
        + " | "
        + hash(key.role())
        + " | "
        + key.meaning()
        + " |\n";
  }

  private static String fallback(ConfigKey key) {
    return switch (key.presence()) {
      case REQUIRED -> "required";
      case DEFAULTED -> "`" + key.fallback() + "`";
      case OPTIONAL -> key.fallback() == null ? "`none`" : "`" + key.fallback() + "` or `none`";
    };
  }

  private static String hash(KeyRole role) {
    return switch (role) {
      case CANDIDATE -> "writer, candidate";
      case ORACLE -> "writer, oracle";
      case ROLLOUT -> "writer, rollout";
      case TARGET, STORE -> "writer";
      case SELECTION, RUN, STORAGE, LABEL, IGNORED -> "";
    };
  }
}
