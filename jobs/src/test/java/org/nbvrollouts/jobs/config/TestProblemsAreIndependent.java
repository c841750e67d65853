package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nbvrollouts.jobs.config.CampaignEdits.Edit;

/** What is told of several mistakes is what is told of each, unless they share a key. */
class TestProblemsAreIndependent {
  private static final long SEED = 20261121;
  private static final int COMBINATIONS = 1000;
  private static final String BASE = "candidate_mixture.base.";
  private static final String FIRST = "candidate_mixture.components[0].";
  private static final String SECOND = "candidate_mixture.components[1].";
  private static final String SELECTOR = "target_selector.";
  private static final String DEPTH = "target_scorer.depth.";
  private static final String UNKNOWN = " (docs/configuration.md lists every key";

  static Stream<Edit> edits() {
    return Stream.of(candidates(), recipes(), targets(), rest()).flatMap(List::stream);
  }

  private static List<Edit> candidates() {
    return List.of(
        Edit.of(
                BASE + "min_radius",
                "2",
                "Invalid candidate_mixture.base.min_radius: 2.0 (expected at most max_radius, which"
                    + " is 1.25")
            .given(BASE + "max_radius")
            .given(FIRST + "max_radius")
            .given(SECOND + "max_radius"),
        Edit.of(
                FIRST + "max_elev_deg",
                "-13",
                "Invalid candidate_mixture.components[].max_elev_deg: -13.0 (expected at least"
                    + " min_elev_deg, which is -12.0")
            .given(FIRST + "min_elev_deg")
            .given(BASE + "min_elev_deg"),
        Edit.of(
                SECOND + "min_elev_deg",
                "40",
                "Invalid candidate_mixture.components[].min_elev_deg: 40.0 (expected at most"
                    + " max_elev_deg, which is 30.0")
            .with(SECOND + "max_elev_deg", "30"),
        Edit.of(
            BASE + "camera_label",
            "\"slaml\"",
            "Invalid candidate_mixture.base.camera_label: slaml (expected rgb, the only camera that"
                + " sources hold a calibration of"),
        Edit.of(
            FIRST + "name",
            "\" \"",
            "Invalid candidate_mixture.components[].name: \" \" (expected text that is not blank"),
        Edit.of(
                SECOND + "name",
                "\"c0\"",
                "Invalid candidate_mixture.components[].name: c0 (expected a name of its own; line"
                    + " {candidate_mixture.components[0].name} has it too")
            .given(FIRST + "name"),
        Edit.of(
                DEPTH + "max_candidates_final",
                "7",
                "Invalid target_scorer.depth.max_candidates_final: 7 (expected at least 8, the"
                    + " candidates that the components count")
            .given(FIRST + "count")
            .given(SECOND + "count"),
        Edit.of(
            FIRST + "colour", "1", "Unknown key: candidate_mixture.components[].colour" + UNKNOWN),
        new Edit(
            Map.of(FIRST + "view_mode", ""),
            "Missing candidate_mixture.components[].view_mode (expected one of forward_rig,"
                + " radial_away, radial_towards, target_point, file=law.toml,"
                + " line={candidate_mixture.components[0]})",
            Set.of(FIRST + "view_mode")));
  }

  private static List<Edit> recipes() {
    List<Edit> edits = new ArrayList<>();
    for (String recipe : List.of("recipes[0].", "recipes[1].")) {
      edits.add(
          Edit.of(
                  recipe + "branch_factor_schedule",
                  "[2]",
                  "Invalid recipes[].branch_factor_schedule: [2] (expected no schedule beside"
                      + " stochastic_branch_factors")
              .with(recipe + "stochastic_branch_factors", "[1, 2]"));
      edits.add(
          Edit.of(
                  recipe + "stochastic_branch_probabilities",
                  "[0.5, 0.5]",
                  "Invalid recipes[].stochastic_branch_probabilities: [0.5, 0.5] (expected one per"
                      + " stochastic branch factor with a positive sum")
              .given(recipe + "stochastic_branch_factors"));
      edits.add(
          Edit.of(
              recipe + "horizon",
              "0",
              "Invalid recipes[].horizon: 0 (expected integer at least 1"));
      edits.add(
          Edit.of(
                  recipe + "proposal_replica",
                  "3",
                  "Invalid recipes[].proposal_replica: 3 (expected 0 with seed_mode seed-once,"
                      + " which has one table for all")
              .with(BASE + "seed_mode", "\"seed-once\"")
              .given("recipes[0].proposal_replica")
              .given("recipes[1].proposal_replica"));
      edits.add(
          Edit.of(
              recipe + "name",
              "\"a b\"",
              "Invalid recipes[].name: a b (expected letters, digits, '.', '_' and '-', starting"
                  + " with a letter or digit"));
      edits.add(Edit.of(recipe + "beam", "1", "Unknown key: recipes[].beam" + UNKNOWN));
    }
    return edits;
  }

  private static List<Edit> targets() {
    return List.of(
        Edit.of(
                SELECTOR + "min_support_points",
                "128",
                "Invalid target_selector.min_support_points: 128 (expected less than"
                    + " support_saturation_points, which is 128")
            .given(SELECTOR + "support_saturation_points")
            .given("target_source"),
        Edit.of(
                SELECTOR + "min_projected_area_pixels",
                "1e6",
                "Invalid target_selector.min_projected_area_pixels: 1000000.0 (expected at most the"
                    + " 57600.0 square pixels of image_width × image_height")
            .with(SELECTOR + "require_projected_visibility", "true")
            .given(SELECTOR + "image_width")
            .given(SELECTOR + "image_height")
            .given("target_source"),
        Edit.of(
                "store.target_protocol_version",
                "\"v0_gt_input\"",
                "Invalid store.target_protocol_version: v0_gt_input (expected v1_observed in"
                    + " [store] while target_selector.source_mode is v1_actor_visible")
            .given(SELECTOR + "source_mode")
            .given("target_source"),
        new Edit(
                Map.of(SELECTOR + "match_gt", "false"),
                "Invalid require_label_valid: true (expected false while target_selector.match_gt"
                    + " is false, file=law.toml, line={target_selector.match_gt})",
                Set.of(SELECTOR + "match_gt"))
            .given("require_label_valid")
            .given("target_source"),
        Edit.of(SELECTOR + "k", "0", "Invalid target_selector.k: 0 (expected integer at least 1"),
        Edit.of(SELECTOR + "colour", "1", "Unknown key: target_selector.colour" + UNKNOWN));
  }

  private static List<Edit> rest() {
    String quoted = "\"candidate_mixture.base.kappa\"";
    return List.of(
        Edit.of(
                DEPTH + "output_width_px",
                "3",
                "Invalid target_scorer.depth.output_width_px: 3 (expected output_height_px beside"
                    + " it, or neither")
            .given(DEPTH + "output_height_px"),
        Edit.of(
                DEPTH + "renderer.znear",
                "20",
                "Invalid target_scorer.depth.renderer.znear: 20.0 (expected less than zfar, which"
                    + " is 20.0")
            .given(DEPTH + "renderer.zfar"),
        Edit.of(
            quoted,
            "1",
            "Unknown key: "
                + quoted
                + " (in quotes it is one name; write candidate_mixture.base.kappa without quotes"),
        Edit.of("storage", "3", "Invalid storage: 3 (expected a table"),
        Edit.of(
            "storage.layout",
            "{a = 1}",
            "Invalid storage.layout: a table (expected text, one of auto, directory, packed"),
        Edit.of("colour", "1", "Unknown key: colour" + UNKNOWN),
        Edit.of("source.limitt", "1", "Unknown key: source.limitt (did you mean source.limit?"));
  }

  @ParameterizedTest
  @MethodSource("edits")
  void everyMistakeIsToldAlone(Edit edit) {
    assertThat(CampaignEdits.refusal(List.of(edit)))
        .isEqualTo(CampaignEdits.expected(List.of(edit)));
  }

  @Test
  void mistakesWithoutASharedKeyAreToldAsEachIsToldAlone() {
    List<Edit> all = Stream.concat(edits(), CampaignEdits.wrongTypes().stream()).toList();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < COMBINATIONS; round++) {
      List<Edit> chosen = draw(all, 2 + random.nextInt(5), random);
      assertThat(CampaignEdits.refusal(chosen))
          .as("seed=%d, round=%d, edits=%s", SEED, round, chosen)
          .containsExactlyInAnyOrderElementsOf(CampaignEdits.expected(chosen));
    }
  }

  @Test
  void allMistakesThatFitIntoOneFileAreTold() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 20; round++) {
      List<Edit> chosen = draw(edits().toList(), 100, random);
      assertThat(chosen).hasSizeGreaterThan(20);
      assertThat(CampaignEdits.refusal(chosen))
          .as("seed=%d, round=%d, edits=%s", SEED, round, chosen)
          .containsExactlyInAnyOrderElementsOf(CampaignEdits.expected(chosen));
    }
  }

  private static List<Edit> draw(List<Edit> all, int wanted, SplittableRandom random) {
    List<Edit> pool = new ArrayList<>(all);
    List<Edit> chosen = new ArrayList<>();
    while (chosen.size() < wanted && !pool.isEmpty()) {
      Edit next = pool.remove(random.nextInt(pool.size()));
      if (chosen.stream().allMatch(next::isIndependentOf)) {
        chosen.add(next);
      }
    }
    return chosen;
  }
}
