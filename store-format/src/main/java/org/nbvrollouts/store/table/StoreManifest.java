package org.nbvrollouts.store.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStoreInvocation;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.schema.StoreSchema;

/** The value of {@code manifest.json} (specification store 7). */
final class StoreManifest {
  private StoreManifest() {}

  static Map<String, Object> of(
      List<RolloutZarrRecord> records,
      Map<String, Object> rootAttributes,
      StoreCounts counts,
      Dictionaries dictionaries,
      RolloutStoreManifestContext context) {
    Map<String, Object> sizes = new TreeMap<>();
    dictionaries.all().forEach((name, entries) -> sizes.put(name, entries.size()));
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("manifest_version", StoreSchema.ROLLOUT_MANIFEST_VERSION);
    manifest.put("schema_id", StoreSchema.ROLLOUT_ZARR_SCHEMA_ID);
    manifest.put("schema_version", StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION);
    manifest.put("created_at_utc", rootAttributes.get("created_at_utc"));
    manifest.put("store_kind", StoreSchema.STORE_KIND);
    manifest.put("root_attrs", rootAttributes);
    manifest.put("counts", counts.toJson());
    manifest.put("source_coverage", coverage(records));
    manifest.put("config_hashes", configHashes(records));
    manifest.put("dictionary_sizes", sizes);
    manifest.put("generation", generation(context));
    return manifest;
  }

  private static Map<String, Object> coverage(List<RolloutZarrRecord> records) {
    Map<Long, RolloutLineage> rows = new TreeMap<>();
    records.forEach(record -> rows.put(record.lineage().sourceRowId(), record.lineage()));
    List<Object> sources = new ArrayList<>();
    rows.values().forEach(lineage -> sources.add(source(lineage)));
    Map<String, Object> coverage = new TreeMap<>();
    coverage.put("num_source_rows", rows.size());
    coverage.put("scene_counts", countBy(rows, RolloutLineage::sceneId));
    coverage.put("split_counts", countBy(rows, RolloutLineage::split));
    coverage.put("source_shard_counts", countBy(rows, RolloutLineage::sourceShardId));
    coverage.put("sources", sources);
    return coverage;
  }

  private static Map<String, Object> source(RolloutLineage lineage) {
    Map<String, Object> source = new TreeMap<>();
    source.put("source_row_id", lineage.sourceRowId());
    source.put("source_sample_index", lineage.sourceSampleIndex());
    source.put("source_sample_key", compactOrNull(lineage.sourceSampleKey()));
    source.put("scene_id", lineage.sceneId());
    source.put("snippet_id", compactOrNull(lineage.snippetId()));
    source.put("split", lineage.split());
    source.put("source_shard_id", lineage.sourceShardId());
    source.put("source_shard_row", lineage.sourceShardRow());
    return source;
  }

  private static String compactOrNull(String text) {
    return text == null || text.isEmpty() ? null : IdentifierCompaction.compact(text);
  }

  private static Map<String, Object> countBy(
      Map<Long, RolloutLineage> rows, Function<RolloutLineage, String> field) {
    Map<String, Object> counts = new TreeMap<>();
    for (RolloutLineage lineage : rows.values()) {
      String value = field.apply(lineage);
      counts.merge(
          value == null || value.isEmpty() ? "unknown" : value,
          1,
          (a, b) -> (Integer) a + (Integer) b);
    }
    return counts;
  }

  private static Map<String, Object> configHashes(List<RolloutZarrRecord> records) {
    Map<String, Object> hashes = new TreeMap<>();
    hashes.put("candidate", distinct(records, RolloutLineage::candidateConfigHash));
    hashes.put("oracle", distinct(records, RolloutLineage::oracleConfigHash));
    hashes.put("rollout", distinct(records, RolloutLineage::rolloutConfigHash));
    hashes.put("model_checkpoint", distinct(records, RolloutLineage::modelCheckpointHash));
    hashes.put(
        "source_manifest", distinct(records, RolloutLineage::sourceOfflineStoreManifestHash));
    hashes.put("split_manifest", distinct(records, RolloutLineage::splitManifestHash));
    hashes.put("target_crop_policy", distinct(records, RolloutLineage::targetCropPolicy));
    hashes.put("target_protocol", distinct(records, RolloutLineage::targetProtocolVersion));
    return hashes;
  }

  private static List<String> distinct(
      List<RolloutZarrRecord> records, Function<RolloutLineage, String> field) {
    TreeSet<String> values = new TreeSet<>(CanonicalJson.CODE_POINT_ORDER);
    for (RolloutZarrRecord record : records) {
      String value = field.apply(record.lineage());
      if (value != null && !value.isEmpty()) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private static Map<String, Object> generation(RolloutStoreManifestContext context) {
    RolloutStoreInvocation call = context.invocation();
    Map<String, Object> invocation = new TreeMap<>();
    invocation.put("mode", call.mode());
    invocation.put("argv", call.argv());
    invocation.put("config_path", call.configPath().orElse(null));
    invocation.put("raw_toml_sha256", call.rawTomlSha256().orElse(null));
    invocation.put("raw_toml_text", call.rawTomlText().orElse(null));
    Map<String, Object> generation = new TreeMap<>();
    generation.put("writer_config", context.writerConfig().orElse(null));
    generation.put("invocation", invocation);
    generation.put("runtime", context.runtime());
    generation.put("shard", context.shard().orElse(null));
    return generation;
  }
}
