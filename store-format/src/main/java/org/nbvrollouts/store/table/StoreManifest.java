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
import org.nbvrollouts.store.schema.StoreSchema;

/** The value of {@code manifest.json} (specification store 7), collected record by record. */
final class StoreManifest {
  private static final Map<String, Function<RolloutLineage, String>> HASHES =
      Map.of(
          "candidate",
          RolloutLineage::candidateConfigHash,
          "oracle",
          RolloutLineage::oracleConfigHash,
          "rollout",
          RolloutLineage::rolloutConfigHash,
          "model_checkpoint",
          RolloutLineage::modelCheckpointHash,
          "source_manifest",
          RolloutLineage::sourceOfflineStoreManifestHash,
          "split_manifest",
          RolloutLineage::splitManifestHash,
          "target_crop_policy",
          RolloutLineage::targetCropPolicy,
          "target_protocol",
          RolloutLineage::targetProtocolVersion);

  private final Map<Long, RolloutLineage> sources = new TreeMap<>();
  private final Map<String, TreeSet<String>> hashes = new TreeMap<>();

  StoreManifest() {
    HASHES
        .keySet()
        .forEach(name -> hashes.put(name, new TreeSet<>(CanonicalJson.CODE_POINT_ORDER)));
  }

  /** Adds what a record says of its source and configuration. */
  void add(RolloutLineage lineage) {
    sources.put(lineage.sourceRowId(), lineage);
    HASHES.forEach(
        (name, field) -> {
          String value = field.apply(lineage);
          if (value != null && !value.isEmpty()) {
            hashes.get(name).add(value);
          }
        });
  }

  /** The manifest of everything added. */
  Map<String, Object> toJson(
      Map<String, Object> rootAttributes,
      StoreCounts counts,
      Map<String, List<String>> dictionaries,
      RolloutStoreManifestContext context) {
    Map<String, Object> sizes = new TreeMap<>();
    dictionaries.forEach((name, entries) -> sizes.put(name, entries.size()));
    Map<String, Object> configHashes = new TreeMap<>();
    hashes.forEach((name, values) -> configHashes.put(name, List.copyOf(values)));
    Map<String, Object> manifest = new TreeMap<>();
    manifest.put("manifest_version", StoreSchema.ROLLOUT_MANIFEST_VERSION);
    manifest.put("schema_id", StoreSchema.ROLLOUT_ZARR_SCHEMA_ID);
    manifest.put("schema_version", StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION);
    manifest.put("created_at_utc", rootAttributes.get("created_at_utc"));
    manifest.put("store_kind", StoreSchema.STORE_KIND);
    manifest.put("root_attrs", rootAttributes);
    manifest.put("counts", counts.toJson());
    manifest.put("source_coverage", coverage());
    manifest.put("config_hashes", configHashes);
    manifest.put("dictionary_sizes", sizes);
    manifest.put("generation", generation(context));
    return manifest;
  }

  private Map<String, Object> coverage() {
    List<Object> listed = new ArrayList<>();
    sources.values().forEach(lineage -> listed.add(source(lineage)));
    Map<String, Object> coverage = new TreeMap<>();
    coverage.put("num_source_rows", sources.size());
    coverage.put("scene_counts", countBy(sources, RolloutLineage::sceneId));
    coverage.put("split_counts", countBy(sources, RolloutLineage::split));
    coverage.put("source_shard_counts", countBy(sources, RolloutLineage::sourceShardId));
    coverage.put("sources", listed);
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
