package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.target.TargetSelectorConfig;
import org.nbvrollouts.store.error.RefusedInputException;

class TestCampaignConfig {
  private static CampaignConfig parse(String toml) {
    return new CampaignConfig.Text("campaign.toml", toml).parse();
  }

  @Test
  void anEmptyFileMeansTheDefaultsOfTheRecords() {
    assertThat(parse("").writer().generation()).isEqualTo(RolloutGenerationConfig.defaults());
  }

  @Test
  void theDefaultHashesArePinned() {
    assertThat(parse("").hashes())
        .isEqualTo(
            new ConfigHashes(
                "cfg1:74ac6dec0565356a",
                "cfg1:04c0f6ba76fcc909",
                "cfg1:c765c38f1db4625f",
                "cfg1:d5730bd6418a1f4c"));
  }

  @Test
  void writingADefaultDownChangesNoHash() {
    assertThat(parse("min_valid_root_candidates = 3\n[target_scorer]\ntarget_crop_margin_m = 0\n"))
        .extracting(CampaignConfig::hashes)
        .isEqualTo(parse("").hashes());
  }

  @Test
  void eachPartHashFollowsItsOwnTable() {
    ConfigHashes plain = parse("").hashes();
    ConfigHashes scorer = parse("[target_scorer]\nbackprojection_stride = 2\n").hashes();
    assertThat(scorer.oracle()).isNotEqualTo(plain.oracle());
    assertThat(scorer.writer()).isNotEqualTo(plain.writer());
    assertThat(scorer.candidate()).isEqualTo(plain.candidate());
    assertThat(scorer.rollout()).isEqualTo(plain.rollout());
  }

  @Test
  void anUnknownKeyIsRefusedWithItsLineAndTheLikelyMeantKey() {
    assertThatThrownBy(() -> parse("\n[target_scorer]\nbackprojection_strides = 2\n"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Unknown key: target_scorer.backprojection_strides (did you mean"
                + " target_scorer.backprojection_stride?, file=campaign.toml, line=3)");
  }

  @Test
  void aKeyInTheWrongTableIsFoundByItsName() {
    assertThatThrownBy(() -> parse("backprojection_stride = 2\n"))
        .hasMessageContaining("did you mean target_scorer.backprojection_stride?");
  }

  @Test
  void allProblemsOfAFileAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                parse(
                    """
                    min_valid_root_candidates = -1
                    require_label_valid = "yes"
                    colour = "red"

                    [[recipes]]
                    selection_policy = "oracle_gredy"
                    """))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            """
            Invalid min_valid_root_candidates: -1 (expected integer at least 0, \
            file=campaign.toml, line=1)
            Invalid require_label_valid: "yes" (expected true or false, file=campaign.toml, line=2)
            Unknown key: colour (docs/configuration.md lists every key, file=campaign.toml, line=3)
            Missing recipes[].name (expected text, file=campaign.toml, line=5)
            Invalid recipes[].selection_policy: oracle_gredy (expected one of oracle_greedy, \
            farthest_from_history, farthest_from_reference, random_valid, random, \
            temperature_softmax, file=campaign.toml, line=6)""");
  }

  @Test
  void brokenTomlNamesTheLine() {
    assertThatThrownBy(() -> parse("a = 1\nb = = 2\n"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Invalid TOML: ")
        .hasMessageEndingWith("file=campaign.toml, line=2)");
  }

  @Test
  void rulesBetweenKeysNameFileAndLine() {
    assertThatThrownBy(() -> parse("[candidate_mixture.base]\nmin_radius = 2.0\n"))
        .hasMessage(
            "Invalid candidate_mixture.base.min_radius: 2.0 (expected at most max_radius, which is"
                + " 1.25, file=campaign.toml, line=2)");
  }

  @Test
  void keysWithoutMeaningHereAreAcceptedAndReported() {
    CampaignConfig config =
        parse("device = \"cuda\"\n[target_scorer.depth.renderer]\nbin_size = 0\n");
    assertThat(config.ignoredKeys())
        .containsExactly(
            "device: there is no GPU device",
            "target_scorer.depth.renderer.bin_size: rendering runs on the CPU, ray by ray");
    assertThat(config.hashes()).isEqualTo(parse("").hashes());
  }

  @Test
  void theTableOfTheTargetSourceNotInUseIsReportedAndChangesNothing() {
    CampaignConfig sampler = parse("[target_selector]\nk = 7\nmin_confidence = 0.5\n");
    assertThat(sampler.ignoredKeys())
        .containsExactly(
            "target_selector.k: targets come from oracle_target_task_sampler",
            "target_selector.min_confidence: targets come from oracle_target_task_sampler");
    assertThat(sampler.hashes()).isEqualTo(parse("").hashes());
    assertThat(sampler.resolved()).isEqualTo(parse("").resolved());

    String selecting = "target_source = \"actor_visible_selector\"\n";
    CampaignConfig selector = parse(selecting + "[oracle_target_task_sampler]\nseed = 7\n");
    assertThat(selector.ignoredKeys())
        .containsExactly(
            "oracle_target_task_sampler.seed: targets come from actor_visible_selector");
    assertThat(selector.hashes()).isEqualTo(parse(selecting).hashes());
    assertThat(selector.hashes().writer()).isNotEqualTo(parse("").hashes().writer());
    assertThat(selector.resolved()).doesNotContainKey("oracle_target_task_sampler");
  }

  @Test
  void theSelectorsDefaultsAreThoseOfItsRecord() {
    assertThat(
            parse("target_source = \"actor_visible_selector\"\n")
                .writer()
                .generation()
                .targetSource())
        .isEqualTo(TargetSelectorConfig.defaults());
  }

  @Test
  void badValuesAreRefusedInTheTableNotInUseToo() {
    assertThatThrownBy(() -> parse("[target_selector]\nk = 0\nmin_confidense = 3\n"))
        .hasMessage(
            "Invalid target_selector.k: 0 (expected integer at least 1, file=campaign.toml,"
                + " line=2)\n"
                + "Unknown key: target_selector.min_confidense (did you mean"
                + " target_selector.min_confidence?, file=campaign.toml, line=3)");
  }

  @Test
  void theProtocolMustBeTrueOfSelectedTargets() {
    String selecting = "target_source = \"actor_visible_selector\"\n";
    assertThatThrownBy(() -> parse(selecting + "store.target_protocol_version = \"v0_gt_input\"\n"))
        .hasMessage(
            "Invalid store.target_protocol_version: v0_gt_input (expected v1_observed in [store]"
                + " while target_selector.source_mode is v1_actor_visible, file=campaign.toml,"
                + " line=2)");
    assertThatThrownBy(() -> parse(selecting + "target_selector.source_mode = \"v0_gt_sanity\"\n"))
        .hasMessage(
            "Invalid store.target_protocol_version: v1_observed (expected v0_gt_input in [store]"
                + " while target_selector.source_mode is v0_gt_sanity, file=campaign.toml,"
                + " line=2)");
    assertThat(
            parse("store.target_protocol_version = \"v0_gt_input\"\n")
                .writer()
                .generation()
                .targetProtocolVersion())
        .isEqualTo("v0_gt_input");
  }

  @Test
  void aTargetSourceThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> parse("target_source = \"detected_to_gt\"\n"))
        .hasMessage(
            "Invalid target_source: detected_to_gt (expected one of"
                + " oracle_target_task_sampler, actor_visible_selector, file=campaign.toml,"
                + " line=1)");
  }

  @Test
  void aRecipeMayHaveItsPolicyInATableOfItsOwn() {
    CampaignConfig nested =
        parse("[[recipes]]\nname = \"a\"\n[recipes.policy]\nselection_policy = \"random_valid\"\n");
    CampaignConfig flat = parse("[[recipes]]\nname=\"a\"\nselection_policy=\"random_valid\"\n");
    assertThat(nested.writer()).isEqualTo(flat.writer());
  }

  @Test
  void noneTakesTheValueOfAnOptionalKeyAway() {
    CampaignConfig config = parse("[candidate_mixture.base]\nmax_yaw_delta_deg = \"none\"\n");
    assertThat(
            config
                .writer()
                .generation()
                .candidateMixture()
                .base()
                .rules()
                .motion()
                .maxYawDeltaDeg())
        .isEmpty();
  }

  @Test
  void aFileIsLookedUpAmongTheProfilesUnlessItExists(@TempDir Path folder) throws Exception {
    Path here = Files.writeString(folder.resolve("mine.toml"), "profile = \"here\"");
    Path profiles = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(profiles.resolve("shipped.toml"), "profile = \"shipped\"");
    assertThat(CampaignConfig.load(here, profiles).resolved()).containsEntry("profile", "here");
    assertThat(CampaignConfig.load(Path.of("shipped.toml"), profiles).resolved())
        .containsEntry("profile", "shipped");
    assertThatThrownBy(() -> CampaignConfig.load(Path.of("absent.toml"), profiles))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith(
            "Cannot read configuration: no such file (file=absent.toml, looked_in=");
    assertThatThrownBy(() -> CampaignConfig.load(Path.of("mine.yaml"), profiles))
        .hasMessage("Invalid configuration file: mine.yaml (expected a name that ends in .toml)");
    byte[] latin = {'a', '\n', '#', ' ', (byte) 0xe9, '\n'};
    Path broken = Files.write(folder.resolve("latin.toml"), latin);
    assertThatThrownBy(() -> CampaignConfig.load(broken, profiles))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid settings: not UTF-8 (expected TOML in UTF-8, file=" + broken + ", line=2)");
    Path relative = Path.of("").toAbsolutePath().relativize(broken);
    assertThatThrownBy(() -> CampaignConfig.load(relative, profiles))
        .hasMessageContaining("file=" + broken + ", line=2)");
    Path marked = Files.writeString(folder.resolve("marked.toml"), "\uFEFFprofile = \"marked\"\n");
    assertThat(CampaignConfig.load(marked, profiles).resolved()).containsEntry("profile", "marked");
    assertThat(CampaignConfig.load(Path.of("smoke.toml"), profiles).resolved())
        .containsEntry("profile", "smoke");
    assertThatThrownBy(() -> CampaignConfig.profile("tiny"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Invalid profile: tiny (expected one of smoke, microset, lrz-may");
  }
}
