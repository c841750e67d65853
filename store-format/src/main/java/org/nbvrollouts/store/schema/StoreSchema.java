package org.nbvrollouts.store.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Schema {@value #ROLLOUT_ZARR_SCHEMA_VERSION} of the rollout store: twelve groups with 193 arrays
 * in creation order, and its constants (specification store 2.5 and 3.10). Immutable.
 */
public final class StoreSchema {
  public static final String ROLLOUT_ZARR_SCHEMA_ID = "aria_nbv.rollout_zarr_q_invalidity";
  public static final String ROLLOUT_ZARR_SCHEMA_VERSION = "1.0-target-rollout-core";
  public static final String DEFAULT_RETURN_SEMANTICS = "cumulative_target_root_gain";
  public static final String REWARD_METRIC = "target_root_gain";
  public static final String TD_SEMANTICS = "selected_transition_only";
  public static final String INVALID_REASON_VERSION = InvalidReason.VERSION;
  public static final String TARGET_INVALID_REASON_VERSION = TargetInvalidReason.VERSION;
  public static final String ROLLOUT_MANIFEST_FILENAME = "manifest.json";
  public static final String ROLLOUT_MANIFEST_VERSION = "rollout-store-manifest-v1";
  public static final String STORE_KIND = "standalone_rollout_zarr_shard";
  public static final String ROLLOUT_SHARD_MANIFEST_VERSION = "rollout-shard-manifest-v1";
  public static final String ROLLOUT_SHARD_SUCCESS_FILENAME = "_SUCCESS.json";
  public static final String ROLLOUT_SHARD_OWNER_FILENAME = "_owner.json";
  public static final String SELECTED_DEPTH_CODEC = "blosc:zstd:clevel=5:bitshuffle";
  public static final int DEFAULT_SELECTED_DEPTH_SIZE_PX = 240;
  public static final int DEFAULT_SELECTED_DEPTH_CHUNK_STEPS = 16;
  public static final double DEFAULT_ZNEAR_METRES = 0.001;
  public static final double DEFAULT_ZFAR_METRES = 20.0;
  public static final int DEFAULT_EVAL_CROP_MAX_POINTS = 50_000;
  public static final int DEFAULT_Q_H_CHUNK_STATES = 64;
  public static final double DEFAULT_DISCOUNT_GAMMA = 1.0;
  public static final String DEFAULT_SOURCE_OFFLINE_STORE_VERSION = "unknown-source-version";
  public static final String DEFAULT_SPLIT_MANIFEST_HASH = "unknown-split-manifest";
  public static final String DEFAULT_TARGET_PROTOCOL_VERSION = "v1_observed";

  /** Denominator floor of relative gains (specification store 5.3). */
  public static final double GAIN_DENOMINATOR_FLOOR = 1e-12;

  /** Statuses of a ground-truth match that make a label usable. */
  public static final List<String> LABEL_MATCH_STATUSES = List.of("matched", "v0_gt_input");

  private static final StoreSchema V1_0 = new StoreSchema(StoreSchemaText.V1_0);

  private final Map<String, List<ArraySpec>> groups;
  private final Map<String, String> meanings;
  private final Map<String, ArraySpec> byPath;

  private StoreSchema(String text) {
    Map<String, List<ArraySpec>> parsed = new LinkedHashMap<>();
    Map<String, String> groupMeanings = new LinkedHashMap<>();
    Map<String, ArraySpec> paths = new LinkedHashMap<>();
    String group = null;
    for (String line : text.lines().toList()) {
      int bar = line.indexOf(" | ");
      String meaning = line.substring(bar + 3);
      String[] words = line.substring(0, bar).trim().split(" +", -1);
      if (words.length == 1) {
        group = words[0];
        groupMeanings.put(group, meaning);
        parsed.put(group, new ArrayList<>());
      } else {
        ArraySpec spec = parseArray(group, words, meaning);
        parsed.get(group).add(spec);
        paths.put(spec.path(), spec);
      }
    }
    parsed.replaceAll((name, arrays) -> List.copyOf(arrays));
    this.groups = Collections.unmodifiableMap(parsed);
    this.meanings = Collections.unmodifiableMap(groupMeanings);
    this.byPath = Collections.unmodifiableMap(paths);
  }

  private static ArraySpec parseArray(String group, String[] words, String meaning) {
    List<Axis> shape = new ArrayList<>();
    for (String axis : words[2].split(",", -1)) {
      shape.add(Axis.parse(axis));
    }
    Optional<ArraySpec.Missing> missing = Optional.empty();
    Optional<String> dictionary = Optional.empty();
    Optional<String> table = Optional.empty();
    Optional<String> unit = Optional.empty();
    for (int i = 3; i < words.length; i++) {
      String rest = words[i].substring(1);
      switch (words[i].charAt(0)) {
        case '>' -> dictionary = Optional.of(rest);
        case '@' -> table = Optional.of(rest);
        case '[' -> unit = Optional.of(rest.substring(0, rest.length() - 1));
        default -> missing = Optional.of(sentinel(words[i]));
      }
    }
    ElementType type = ElementType.ofZarrName(words[1]).orElseThrow();
    return new ArraySpec(group, words[0], type, shape, missing, dictionary, table, unit, meaning);
  }

  private static ArraySpec.Missing sentinel(String word) {
    return switch (word) {
      case "-1" -> ArraySpec.Missing.MINUS_ONE;
      case "0" -> ArraySpec.Missing.ZERO;
      case "NaN" -> ArraySpec.Missing.NAN;
      case "-Inf" -> ArraySpec.Missing.MINUS_INFINITY;
      default -> throw new IllegalStateException("Invalid sentinel: " + word);
    };
  }

  /** The schema of version {@value #ROLLOUT_ZARR_SCHEMA_VERSION}. */
  public static StoreSchema current() {
    return V1_0;
  }

  /** Group names in creation order. */
  public List<String> groups() {
    return List.copyOf(groups.keySet());
  }

  /** What a group holds, in a few words. */
  public String meaning(String group) {
    arrays(group);
    return meanings.get(group);
  }

  /** Attributes of a group, or of the root for an empty name; most groups have none. */
  public List<AttributeSpec> attributes(String group) {
    return StoreAttributesText.V1_0.getOrDefault(group, List.of());
  }

  /** Column that identifies a row of a table that others refer to. */
  public ArraySpec key(String table) {
    return array(table + "/" + table.replaceFirst("s$", "") + "_row_id")
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Invalid table: " + table + " (expected one that others refer to)"));
  }

  /** Arrays of one group in creation order. */
  public List<ArraySpec> arrays(String group) {
    List<ArraySpec> arrays = groups.get(group);
    if (arrays == null) {
      throw new IllegalArgumentException(
          "Invalid group: " + group + " (expected " + groups() + ")");
    }
    return arrays;
  }

  /** All arrays, group by group in creation order. */
  public List<ArraySpec> arrays() {
    return List.copyOf(byPath.values());
  }

  /** The array at a slash path, or empty. */
  public Optional<ArraySpec> array(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  /** Names of the string dictionaries. */
  public List<String> dictionaries() {
    return arrays("dictionaries").stream().map(ArraySpec::name).toList();
  }
}
