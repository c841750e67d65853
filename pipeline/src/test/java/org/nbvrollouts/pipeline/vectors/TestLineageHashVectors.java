package org.nbvrollouts.pipeline.vectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardPlanner;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.source.SampleIdentity;

class TestLineageHashVectors {
  @Test
  void aPlannedShardHasTheHashOfTheCanonicalText() throws JsonProcessingException {
    VectorCheck check = VectorCheck.of("selection_and_rules", "lineage_hash");
    JsonNode text = new ObjectMapper().readTree(check.golden().get("canonical_json").asText());
    List<SampleIdentity> rows = new ArrayList<>();
    for (JsonNode row : text.get("records")) {
      rows.add(
          new SampleIdentity(
              row.get("sample_index").asLong(),
              row.get("sample_key").asText(),
              row.get("scene_id").asText(),
              row.get("snippet_id").asText(),
              row.get("split").asText(),
              row.get("source_shard_id").asText(),
              row.get("source_shard_row").asLong()));
    }
    ShardInputs inputs =
        new ShardInputs("0".repeat(16), text.get("source_manifest_hash").asText(), "7");
    List<RolloutShardEntry> entries = new ArrayList<>();
    new RolloutShardPlanner(inputs, "store", 1, ShardGrouping.NONE)
        .planRolloutShards(rows, entries::add);
    check.same(
        "sha256_16", entries.get(0).splitManifestHash(), check.golden().get("sha256_16").asText());
    check.everythingCompared(1, "canonical_json");
  }
}
