package org.nbvrollouts.store.source.vin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.InputProblems;

class TestReferenceHashes {
  static final String GOLDEN_MANIFEST =
      "{\"version\":7,\"created_at\":\"2026-01-02T03:04:05Z\",\"source\":{\"dataset_signature\":\"abc\"},"
          + "\"oracle\":{\"max_candidates\":60},\"vin\":{\"pad_points\":50000},"
          + "\"materialized_blocks\":{\"backbone\":true,\"depths\":true,\"candidate_pcs\":false,"
          + "\"gt_obbs\":true,\"detected_obbs\":true,\"trajectory\":true},"
          + "\"stats\":{\"num_samples\":1},\"provenance\":{\"split_policy\":\"sha1(sample_key)\"},"
          + "\"shards\":[{\"shard_id\":\"shard-000000\",\"relative_dir\":\"shards/shard-000000\","
          + "\"row_start\":0,\"num_rows\":1,\"blocks\":{\"vin.lengths\":{\"name\":\"vin.lengths\","
          + "\"kind\":\"zarr_array\",\"paths\":[\"vin/lengths\"],\"dtype\":\"int64\",\"shape\":[1,1],"
          + "\"optional\":false}}}]}";

  @Test
  void theGoldenManifestHasTheGoldenHash() {
    byte[] bytes = GOLDEN_MANIFEST.getBytes(StandardCharsets.UTF_8);
    InputProblems problems = new InputProblems();

    VinManifest manifest = VinManifestParser.parse(bytes, "manifest.json", problems);

    assertThat(problems.lines()).isEmpty();
    assertThat(manifest.sourceManifestHash()).isEqualTo("4b7e1f0b3026ae9d");
    assertThat(manifest.writtenByReference()).isTrue();
    assertThat(manifest.splitPolicy()).isEqualTo(SampleSplit.POLICY);
    assertThat(ReferenceHashes.stableMsgspecHash(JsonParser.parse(bytes, "manifest.json")))
        .isEqualTo("4b7e1f0b3026ae9d");
  }

  @Test
  void aManifestThatSomebodyReformattedIsNoticed() {
    byte[] spaced = (GOLDEN_MANIFEST + "\n").getBytes(StandardCharsets.UTF_8);

    VinManifest manifest = VinManifestParser.parse(spaced, "manifest.json", new InputProblems());

    assertThat(manifest.writtenByReference()).isFalse();
    assertThat(manifest.sourceManifestHash()).isNotEqualTo("4b7e1f0b3026ae9d");
  }

  @Test
  void numbersHaveTheTextOfMsgspec() {
    assertThat(
            CanonicalJson.msgspec(
                List.of(1e-5, 1e-6, 1.5e-6, 1e16, 1e15, 1.0, 0.1, -0.0, -2.5e20, 7, "ä/")))
        .isEqualTo("[0.00001,1e-6,1.5e-6,1e16,1000000000000000.0,1.0,0.1,-0.0,-2.5e20,7,\"ä/\"]");
  }

  @Test
  void theGoldenConfigurationHasTheGoldenHash() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("max_samples", null);
    config.put("require_label_valid", true);
    config.put("discount_gamma", 1.0);
    config.put("name", "it's");

    assertThat(ReferenceHashes.stableConfigHash(config)).isEqualTo("367ab496b54e33a9");
  }

  @Test
  void pythonTextsAreThoseOfRepr() {
    Map<String, Object> nested = new LinkedHashMap<>();
    nested.put("list", List.of(1, 1e-5, false));
    nested.put("text", "a'b\"c\\\n\u0001");

    assertThat(PythonText.of(nested))
        .isEqualTo("{'list': [1, 1e-05, False], 'text': 'a\\'b\"c\\\\\\n\\x01'}");
  }

  @Test
  void signaturesAreSha1OverSortedJsonWithSpaces() {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("b", List.of(1, 2));
    config.put("a", "ü");

    assertThat(ReferenceHashes.stableJsonSignature(config))
        .isEqualTo(
            ReferenceHashes.sha1Hex(
                "{\"a\": \"\\u00fc\", \"b\": [1, 2]}".getBytes(StandardCharsets.UTF_8)))
        .hasSize(40);
  }

  @Test
  void processedMeshesHaveTheGoldenHashes() {
    ProcessedMeshName simplified =
        new ProcessedMeshName("81283", OptionalDouble.of(0.1), 0.5, Optional.empty());
    ProcessedMeshName whole =
        new ProcessedMeshName("81283", OptionalDouble.empty(), 0.5, Optional.empty());
    ProcessedMeshName cropped =
        new ProcessedMeshName(
            "81283",
            OptionalDouble.of(0.1),
            0.5,
            Optional.of(
                new ProcessedMeshName.Crop(List.of(-1.0, -2.0, 0.0), List.of(1.0, 2.0, 3.0), 0.1)));

    assertThat(simplified.specHash()).isEqualTo("765bdefe4a88");
    assertThat(whole.specHash()).isEqualTo("2ed2c60561e7");
    assertThat(cropped.specHash()).isEqualTo("0d1ba8b45066");
  }

  @Test
  void theSampleLevelSplitIsTheGoldenOne() {
    List<String> keys = List.of("S::a", "S::b", "S::c", "S::d", "S::e");

    assertThat(keys.stream().map(SampleSplit::rank).map(rank -> rank.substring(0, 8)))
        .containsExactly("3c792b3b", "bbba9b29", "65e422f8", "69d17661", "8824e69b");
    assertThat(SampleSplit.val(keys, 1)).containsExactly("S::a");
    assertThat(SampleSplit.val(keys, 4)).containsExactlyInAnyOrder("S::a", "S::c", "S::d", "S::e");
  }
}
