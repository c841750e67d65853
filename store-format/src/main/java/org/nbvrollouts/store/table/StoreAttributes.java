package org.nbvrollouts.store.table;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepthStorage;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.StoreSchema;

/** Attributes of the root and of three groups (specification store 2.6 and 2.7). */
final class StoreAttributes {
  private static final String SOURCE_TABLES = "steps,candidates,rollouts,targets";
  private static final String VIEW_ROLE = "training_core_derived_cache";
  private static final String DEPTH_ROLE = "selected_successor_state_history";

  private StoreAttributes() {}

  /** The root attributes without {@code manifest_sha256}. */
  static Map<String, Object> root(
      RolloutZarrStoreConfig config, StoreCounts counts, String sourceSplit, Instant createdAt) {
    Map<String, Object> root = new TreeMap<>();
    root.put("schema_id", StoreSchema.ROLLOUT_ZARR_SCHEMA_ID);
    root.put("schema_version", StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION);
    root.put("zarr_format", 3);
    root.put("created_at_utc", utcSeconds(createdAt));
    root.put("manifest_path", StoreSchema.ROLLOUT_MANIFEST_FILENAME);
    root.put("manifest_version", StoreSchema.ROLLOUT_MANIFEST_VERSION);
    root.put("source_offline_store_version", config.sourceOfflineStoreVersion());
    root.put("split_manifest_hash", config.splitManifestHash());
    root.put("source_split", sourceSplit);
    root.put("reason_code_version", config.reasonCodeVersion());
    root.put("target_protocol_version", config.targetProtocolVersion());
    root.put("return_semantics", config.returnSemantics());
    root.put("discount_gamma", config.discountGamma());
    root.put("field_retention_policy", config.fieldRetentionPolicy());
    putDepth(root, config.selectedDepth());
    putView(root, config);
    root.putAll(counts.toRootAttributes());
    root.put("candidate_diagnostics_enabled", true);
    root.put("candidate_diagnostics_role", "audit_rerun_only");
    root.put("candidate_diagnostics_unavailable_float", "NaN");
    root.put("candidate_diagnostics_unavailable_bool", "false");
    root.put("target_eval_crops_enabled", config.targetEvalCropsEnabled());
    root.put("target_eval_crops_role", "oracle_eval_only");
    root.put("target_eval_crops_coordinate_frame", "world");
    root.put("target_eval_crops_max_points", config.targetEvalCropMaxPoints());
    return root;
  }

  /** The root repeats the attributes of the group, under its name. */
  private static void putDepth(Map<String, Object> root, SelectedDepthStorage depth) {
    selectedDepth(depth)
        .forEach(
            (name, value) ->
                root.put(
                    "selected_" + (name.startsWith("depth_") ? name : "depth_" + name), value));
  }

  private static void putView(Map<String, Object> root, RolloutZarrStoreConfig config) {
    root.put("q_h_view_persisted", true);
    root.put("q_h_view_role", VIEW_ROLE);
    root.put("q_h_source_tables", SOURCE_TABLES);
    root.put("q_h_reward_metric", StoreSchema.REWARD_METRIC);
    root.put("q_h_return_semantics", config.returnSemantics());
    root.put("q_h_chunk_states", config.qhChunkStates());
  }

  /** UTC to the second: {@code YYYY-MM-DDTHH:MM:SSZ}. */
  static String utcSeconds(Instant instant) {
    return DateTimeFormatter.ISO_INSTANT.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }

  /** Attributes of one group; most have none. */
  static Map<String, Object> group(
      String group, RolloutZarrStoreConfig config, StoreCounts counts) {
    return switch (group) {
      case "selected_depth" -> selectedDepth(config.selectedDepth());
      case "target_eval_crops" -> evalCrops(config);
      case "q_h" -> view(config, counts);
      default -> Map.of();
    };
  }

  private static Map<String, Object> selectedDepth(SelectedDepthStorage depth) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("enabled", depth.enabled());
    attributes.put("width_px", depth.widthPx());
    attributes.put("height_px", depth.heightPx());
    attributes.put("depth_dtype", "float16");
    attributes.put("valid_mask_dtype", "bool");
    attributes.put("units", "m");
    attributes.put("invalid_fill_value", 0.0);
    attributes.put("codec", StoreSchema.SELECTED_DEPTH_CODEC);
    attributes.put("chunk_steps", depth.chunkSteps());
    attributes.put("role", DEPTH_ROLE);
    attributes.put("renderer", depth.renderer());
    attributes.put("znear_m", depth.znearMetres());
    attributes.put("zfar_m", depth.zfarMetres());
    attributes.put("source_resolution", depth.sourceResolution());
    return attributes;
  }

  private static Map<String, Object> evalCrops(RolloutZarrStoreConfig config) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("enabled", config.targetEvalCropsEnabled());
    attributes.put("role", "oracle_eval_only");
    attributes.put("coordinate_frame", "world");
    attributes.put("points_dtype", "float32");
    attributes.put("mask_dtype", "bool");
    attributes.put("max_points", config.targetEvalCropMaxPoints());
    attributes.put("source_roles", "current_eval,candidate_eval");
    attributes.put(
        "retention", config.targetEvalCropsEnabled() ? "sampled_audit" : "disabled_training_core");
    return attributes;
  }

  private static Map<String, Object> view(RolloutZarrStoreConfig config, StoreCounts counts) {
    Map<String, Object> attributes = new TreeMap<>();
    attributes.put("view_role", VIEW_ROLE);
    attributes.put("source_tables", SOURCE_TABLES);
    attributes.put("td_semantics", StoreSchema.TD_SEMANTICS);
    attributes.put("reward_metric", StoreSchema.REWARD_METRIC);
    attributes.put("return_semantics", config.returnSemantics());
    attributes.put("td_reward_target_rri_role", "diagnostic_state_relative_rri");
    attributes.put("state_count", counts.states());
    attributes.put("max_candidates", counts.maxCandidates());
    attributes.put("horizon", counts.horizon());
    attributes.put("discount_gamma", config.discountGamma());
    attributes.put("chunk_states", config.qhChunkStates());
    return attributes;
  }

  /** Arrays of the group {@code metadata} (specification store 2.9). */
  static Map<String, TypedArray> metadata(RolloutZarrStoreConfig config) {
    var spec = StoreSchema.current().array("metadata/reason_code_bits").orElseThrow();
    TypedArrayBuilder bits = new TypedArrayBuilder(spec.type());
    for (InvalidReason reason : InvalidReason.values()) {
      bits.add((long) reason.bit());
    }
    Map<String, TypedArray> arrays = new TreeMap<>();
    arrays.put("metadata/reason_code_bits", bits.build());
    arrays.put(
        "metadata/reason_code_names",
        TypedArray.ofStrings(Arrays.stream(InvalidReason.values()).map(Enum::name).toList()));
    arrays.put(
        "metadata/field_retention_policy",
        TypedArray.ofStrings(List.of(config.fieldRetentionPolicy())));
    return arrays;
  }
}
