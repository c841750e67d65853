package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;

/** Keys that are fine on their own and not together. */
class TestContradictingKeys {
  private static final String BASE = "[candidate_mixture.base]\n";
  private static final String DEPTH = "[target_scorer.depth]\n";
  private static final String COMPONENT =
      "[[candidate_mixture.components]]\nname = \"a\"\ncount = 4\nview_mode = \"forward_rig\"\n";
  private static final String RECIPE =
      "[[recipes]]\nname = \"a\"\nselection_policy = \"random_valid\"\n";

  @Test
  void radiiMustBeInOrder() {
    assertRefused(
        BASE + "min_radius = 2.0\nmax_radius = 1.5\n",
        "Invalid candidate_mixture.base.max_radius: 1.5 (expected at least min_radius, which is"
            + " 2.0, file=campaign.toml, line=3)");
    assertRefused(
        BASE + "min_radius = 2.0\n",
        "Invalid candidate_mixture.base.min_radius: 2.0 (expected at most max_radius, which is"
            + " 1.25, file=campaign.toml, line=2)");
    assertRefused(
        COMPONENT + "max_radius = 0.2\n",
        "Invalid candidate_mixture.components[].max_radius: 0.2 (expected at least min_radius,"
            + " which is 0.25, file=campaign.toml, line=5)");
  }

  @Test
  void elevationsMustBeInOrder() {
    assertRefused(
        BASE + "max_elev_deg = -13\n",
        "Invalid candidate_mixture.base.max_elev_deg: -13.0 (expected at least min_elev_deg, which"
            + " is -12.0, file=campaign.toml, line=2)");
    assertRefused(
        COMPONENT + "min_elev_deg = 19\n",
        "Invalid candidate_mixture.components[].min_elev_deg: 19.0 (expected at most max_elev_deg,"
            + " which is 18.0, file=campaign.toml, line=5)");
  }

  @Test
  void trapMaxCandidatesFinalBelowTheCandidatesOfTheMixtureIsRefused() {
    assertRefused(
        DEPTH + "max_candidates_final = 3\n" + COMPONENT,
        "Invalid target_scorer.depth.max_candidates_final: 3 (expected at least 4, the candidates"
            + " that the components count, file=campaign.toml, line=2)");
    assertRefused(
        COMPONENT.replace("= 4", "= 61"),
        "Invalid target_scorer.depth.max_candidates_final: 60 (expected at least 61, the candidates"
            + " that the components count, file=campaign.toml, line=3)");
    assertThat(parse(DEPTH + "max_candidates_final = 4\n" + COMPONENT).warnings()).isEmpty();
  }

  @Test
  void outputSizeHasBothSidesOrNeither() {
    assertRefused(
        DEPTH + "output_width_px = 48\n",
        "Invalid target_scorer.depth.output_width_px: 48 (expected output_height_px beside it, or"
            + " neither, file=campaign.toml, line=2)");
    assertRefused(
        DEPTH + "output_height_px = 48\noutput_width_px = \"none\"\n",
        "Invalid target_scorer.depth.output_height_px: 48 (expected output_width_px beside it, or"
            + " neither, file=campaign.toml, line=2)");
  }

  @Test
  void clipsMustBeInOrder() {
    assertRefused(
        "[target_scorer.depth.renderer]\nznear = 20\n",
        "Invalid target_scorer.depth.renderer.znear: 20.0 (expected less than zfar, which is 20.0,"
            + " file=campaign.toml, line=2)");
    assertRefused(
        "[target_scorer.depth.renderer]\nzfar = 0.001\n",
        "Invalid target_scorer.depth.renderer.zfar: 0.001 (expected more than znear, which is"
            + " 0.001, file=campaign.toml, line=2)");
  }

  @Test
  void namesAreNeitherSharedNorBlank() {
    assertRefused(
        COMPONENT + COMPONENT,
        "Invalid candidate_mixture.components[].name: a (expected a name of its own; line 2 has it"
            + " too, file=campaign.toml, line=6)");
    assertRefused(
        RECIPE + RECIPE,
        "Invalid recipes[].name: a (expected a name of its own; line 2 has it too,"
            + " file=campaign.toml, line=5)");
    assertRefused(
        COMPONENT.replace("\"a\"", "\" \""),
        "Invalid candidate_mixture.components[].name: \" \" (expected text that is not blank,"
            + " file=campaign.toml, line=2)");
  }

  @Test
  void camerasWithoutCalibrationInSourcesAreRefused() {
    assertRefused(
        BASE + "camera_label = \"slaml\"\n",
        "Invalid candidate_mixture.base.camera_label: slaml (expected rgb, the only camera that"
            + " sources hold a calibration of, file=campaign.toml, line=2)");
  }

  @Test
  void recipesTellTheirOwnRulesWithTheLine() {
    assertRefused(
        RECIPE + "branch_factor_schedule = [2]\nstochastic_branch_factors = [1, 2]\n",
        "Invalid recipes[].branch_factor_schedule: [2] (expected no schedule beside"
            + " stochastic_branch_factors, file=campaign.toml, line=4)");
    assertRefused(
        RECIPE + "stochastic_branch_probabilities = [1.0]\n",
        "Invalid recipes[].stochastic_branch_probabilities: [1.0] (expected one per stochastic"
            + " branch factor with a positive sum, file=campaign.toml, line=4)");
  }

  @Test
  void contradictionsAreToldAllAtOnceWithOtherProblems() {
    assertRefused(
        "colour = 1\n"
            + BASE
            + "max_radius = 0.1\nmax_elev_deg = -80\n"
            + DEPTH
            + "output_width_px = 3\nmax_candidates_final = 2\n"
            + RECIPE
            + RECIPE,
        """
        Unknown key: colour (docs/configuration.md lists every key, file=campaign.toml, line=1)
        Invalid candidate_mixture.base.max_radius: 0.1 (expected at least min_radius, which is \
        0.25, file=campaign.toml, line=3)
        Invalid candidate_mixture.base.max_elev_deg: -80.0 (expected at least min_elev_deg, which \
        is -12.0, file=campaign.toml, line=4)
        Invalid target_scorer.depth.output_width_px: 3 (expected output_height_px beside it, or \
        neither, file=campaign.toml, line=6)
        Invalid target_scorer.depth.max_candidates_final: 2 (expected at least 60, the candidates \
        that the components count, file=campaign.toml, line=7)
        Invalid recipes[].name: a (expected a name of its own; line 9 has it too, \
        file=campaign.toml, line=12)""");
  }

  @Test
  void trapJitterBeyondTheBoundOfTheTurnIsAWarning() {
    String jitter = BASE + "view_max_azimuth_deg = 80\n";
    assertThat(parse(jitter + COMPONENT).warnings())
        .containsExactly(
            "candidate_mixture.components[].view_max_azimuth_deg of a is 80.0: jitter alone can"
                + " exceed max_yaw_delta_deg, which is 70.0");
    assertThat(parse(jitter + "enforce_motion_realism = false\n" + COMPONENT).warnings()).isEmpty();
    assertThat(parse(jitter + COMPONENT + "view_max_azimuth_deg = 70\n").warnings()).isEmpty();
  }

  @Test
  void valuesThatLeaveNothingToChooseFromAreWarnings() {
    assertThat(parse(COMPONENT + "min_radius = 1.1\n").warnings())
        .containsExactly(
            "candidate_mixture.components[].min_radius of a is 1.1: every move exceeds"
                + " max_step_distance_m, which is 1.0");
    assertThat(parse("min_valid_root_candidates = 5\n" + COMPONENT).warnings())
        .containsExactly(
            "min_valid_root_candidates is 5: a node has only 4 candidates, so every recipe is"
                + " skipped");
    assertThat(
            parse(
                    COMPONENT
                        + "view_sampling_strategy = \"uniform_sphere\"\nview_max_angle_deg = 5\n"
                        + "view_max_azimuth_deg = 5\n")
                .warnings())
        .containsExactly(
            "candidate_mixture.components[].view_sampling_strategy of a has no effect while a"
                + " jitter cap is above 0");
  }

  @Test
  void trapRuleMasksAreRecordedAlsoWhereTheFileSaysFalse() {
    CampaignConfig config = parse(BASE + "collect_rule_masks = false\n");
    assertThat(config.ignoredKeys())
        .containsExactly(
            "candidate_mixture.base.collect_rule_masks: always recorded, also where it says false,"
                + " so that reasons stay exact");
    assertThat(config.hashes()).isEqualTo(parse("").hashes());
  }

  @Test
  void contradictionsOfDifferentTablesAreToldAtOnce() {
    String toml =
        """
        target_source = "actor_visible_selector"
        [store]
        target_protocol_version = "v0_gt_input"
        [target_selector]
        match_gt = false
        [candidate_mixture.base]
        min_radius = 2
        seed_mode = "seed-once"
        [[recipes]]
        name = "a"
        selection_policy = "random"
        proposal_replica = 3
        """;
    assertThatThrownBy(() -> parse(toml))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            """
            Invalid store.target_protocol_version: v0_gt_input (expected v1_observed in \
            [store] while target_selector.source_mode is v1_actor_visible, \
            file=campaign.toml, line=3)
            Invalid require_label_valid: true (expected false while target_selector.match_gt is \
            false, file=campaign.toml, line=5)
            Invalid candidate_mixture.base.min_radius: 2.0 (expected at most max_radius, which is \
            1.25, file=campaign.toml, line=7)
            Invalid recipes[].proposal_replica: 3 (expected 0 with seed_mode seed-once, which has \
            one table for all, file=campaign.toml, line=12)""");
  }

  @Test
  void keysInsideEachOtherWithoutEndAreRefused() {
    assertRefused(
        "a.".repeat(20_000) + "a = 1\n",
        "Invalid TOML: nested too deep to be read (file=campaign.toml)");
  }

  @Test
  void textInsteadOfANumberIsShownWithItsQuotes() {
    assertRefused(
        "min_valid_root_candidates = \"3\"\n",
        "Invalid min_valid_root_candidates: \"3\" (expected integer at least 0,"
            + " file=campaign.toml, line=1)");
  }

  private static CampaignConfig parse(String toml) {
    return new CampaignConfig.Text("campaign.toml", toml).parse();
  }

  private static void assertRefused(String toml, String message) {
    assertThatThrownBy(() -> parse(toml))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(message);
  }
}
