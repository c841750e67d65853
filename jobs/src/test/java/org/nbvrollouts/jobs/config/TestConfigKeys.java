package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Walks the table of keys, so that a key cannot be declared and then forgotten. */
class TestConfigKeys {
  private static final String RECIPE =
      "[[recipes]]\nname=\"a\"\nselection_policy=\"random_valid\"\n";
  private static final String COMPONENT =
      "[[candidate_mixture.components]]\nname=\"a\"\ncount=4\nview_mode=\"forward_rig\"\n";

  /** Values that no rule of thumb finds. */
  private static final Map<String, String> SPECIAL =
      Map.ofEntries(
          Map.entry("target_scorer.depth.max_candidates_final", "61"),
          Map.entry("candidate_mixture.base.min_radius", "0.3"),
          Map.entry("candidate_mixture.base.min_elev_deg", "-11"),
          Map.entry("candidate_mixture.components[].min_radius", "0.3"),
          Map.entry("candidate_mixture.components[].min_elev_deg", "-11"),
          Map.entry("candidate_mixture.components[].max_radius", "1.5"),
          Map.entry("candidate_mixture.components[].max_elev_deg", "20"),
          Map.entry(
              "target_selector.source_mode",
              "\"v0_gt_sanity\"\n[store]\ntarget_protocol_version = \"v0_gt_input\""),
          Map.entry("recipes[].branch_factor_schedule", "[2, 1]"),
          Map.entry("recipes[].stochastic_branch_factors", "[1, 2]"),
          Map.entry("store.discount_gamma", "0.5"),
          Map.entry("run.task_deadline_ms", "60000"));

  /** What must stand at the top of a file for a table to have an effect. */
  private static final String SELECTOR =
      "target_source = \"actor_visible_selector\"\nrequire_label_valid = false\n";

  /** Keys that cannot stand alone. */
  private static final Map<String, String> COMPANION =
      Map.of(
          "target_scorer.depth.output_width_px", "output_height_px = 48\n",
          "target_scorer.depth.output_height_px", "output_width_px = 48\n",
          "recipes[].stochastic_branch_probabilities", "stochastic_branch_factors = [1, 2]\n");

  static Stream<ConfigKey> changeableKeys() {
    return ConfigKeys.all().stream()
        .filter(key -> key.role() != KeyRole.IGNORED)
        .filter(key -> key.presence() != ConfigKey.Presence.REQUIRED)
        .filter(key -> key.range().choices().size() != 1)
        .filter(key -> !key.path().equals("candidate_mixture.base.camera_label"))
        .filter(key -> key.range().least() != key.range().most());
  }

  @ParameterizedTest
  @MethodSource("changeableKeys")
  void everyKeyReachesARecordAndOnlySemanticKeysReachTheHash(ConfigKey key) {
    CampaignConfig plain = parse(key, "");
    String companion = COMPANION.getOrDefault(key.path(), "");
    CampaignConfig changed = parse(key, companion + name(key) + " = " + nonDefault(key) + "\n");
    if (key.role() != KeyRole.LABEL) {
      assertThat(records(changed)).as(key.path()).isNotEqualTo(records(plain));
    }
    assertThat(changed.resolved()).isNotEqualTo(plain.resolved());
    assertThat(changed.hashes().writer().equals(plain.hashes().writer()))
        .as("hash unchanged by " + key.path())
        .isEqualTo(!key.role().isSemantic());
  }

  private static List<Object> records(CampaignConfig config) {
    return List.of(config.writer(), config.source(), config.run(), config.storage());
  }

  private static CampaignConfig parse(ConfigKey key, String line) {
    String header =
        switch (key.listPath().orElse("")) {
          case "recipes" -> RECIPE;
          case "candidate_mixture.components" -> COMPONENT;
          default ->
              key.path().contains(".")
                  ? (key.path().startsWith("target_selector.") ? SELECTOR : "")
                      + "["
                      + key.path().substring(0, key.path().lastIndexOf('.'))
                      + "]\n"
                  : "";
        };
    return new CampaignConfig.Text("test.toml", header + line).parse();
  }

  private static String name(ConfigKey key) {
    return key.path().substring(key.path().lastIndexOf('.') + 1).replace("[]", "");
  }

  private static String nonDefault(ConfigKey key) {
    if (SPECIAL.containsKey(key.path())) {
      return SPECIAL.get(key.path());
    }
    return switch (key.value()) {
      case FLAG -> String.valueOf(!((Boolean) key.fallback()));
      case TEXT -> '"' + otherText(key) + '"';
      case INTEGER, LONG -> String.valueOf(key.fallback() == null ? 2 : (Long) key.fallback() + 1);
      case NUMBER -> String.valueOf(otherNumber(key));
      case INTEGERS -> "[2]";
      case NUMBERS -> "[0.25, 0.75]";
      case ANY -> throw new IllegalArgumentException(key.path());
    };
  }

  private static double otherNumber(ConfigKey key) {
    double value = key.fallback() == null ? 2 : (Double) key.fallback();
    return key.range().accepts(value * 1.25 + 0.01) ? value * 1.25 + 0.01 : value / 2;
  }

  private static String otherText(ConfigKey key) {
    return key.range().choices().stream()
        .filter(choice -> !choice.equals(key.fallback()))
        .findFirst()
        .orElse("other");
  }
}
