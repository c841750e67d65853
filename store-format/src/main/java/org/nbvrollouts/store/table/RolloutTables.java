package org.nbvrollouts.store.table;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * Everything a store contains: the 193 arrays, the attributes and the manifest, built from records
 * in their order (specification store 4). An empty list gives tables of zero rows and full rank.
 *
 * <p>A record that breaks a rule is an {@link InvalidContentException} naming the rollout: a
 * missing source row id, a chosen candidate that is invalid, contradicting facts of one source or
 * target, two rollouts of one id, a trainable candidate without a finite target RRI, a valid
 * candidate with a failure reason, a depth image of another size, a number that its column cannot
 * hold. More depth images than an array of 2 GiB holds are a {@link
 * org.nbvrollouts.store.error.RefusedInputException}.
 */
public final class RolloutTables {
  private final RolloutZarrStoreConfig config;
  private final Map<String, ArrayRows> arrays = new LinkedHashMap<>();
  private final StoreCounts counts;
  private final Map<String, Object> rootAttributes;
  private final Map<String, Object> manifest;

  private RolloutTables(
      List<RolloutZarrRecord> given,
      RolloutZarrStoreConfig config,
      RolloutStoreManifestContext context) {
    this.config = config;
    given.forEach(record -> checkLineage(record, config));
    List<RolloutZarrRecord> records = TargetTable.renumber(given);
    Dictionaries dictionaries = new Dictionaries(records);
    Map<String, TypedArray> built = new LinkedHashMap<>();
    built.putAll(StoreAttributes.metadata(config));
    dictionaries
        .all()
        .forEach(
            (name, entries) -> built.put("dictionaries/" + name, TypedArray.ofStrings(entries)));
    RolloutFlattener flattener = new RolloutFlattener(dictionaries, config);
    built.putAll(flattener.flatten(records));
    built.put(
        "targets/target_protocol_version",
        TypedArray.ofStrings(List.of(config.targetProtocolVersion())));
    built.put(
        "target_eval_crops/source_role_names",
        TypedArray.ofStrings(List.of("current_eval", "candidate_eval")));
    built.put("target_eval_crops/crop_policy_dictionary", built.get("dictionaries/config"));
    QhView.derive(built::get, config.discountGamma())
        .forEach((name, array) -> built.put("q_h/" + name, array));
    Map<String, ArrayRows> all = new LinkedHashMap<>(built);
    all.putAll(flattener.wideColumns());
    for (ArraySpec spec : StoreSchema.current().arrays()) {
      arrays.put(spec.path(), all.get(spec.path()));
    }
    this.counts = StoreCounts.of(built::get);
    this.rootAttributes =
        StoreAttributes.root(config, counts, sourceSplit(records), context.createdAtUtc());
    this.manifest = StoreManifest.of(records, rootAttributes, counts, dictionaries, context);
  }

  /** Builds all arrays, attributes and the manifest. */
  public static RolloutTables of(
      List<RolloutZarrRecord> records,
      RolloutZarrStoreConfig config,
      RolloutStoreManifestContext context) {
    return new RolloutTables(records, config, context);
  }

  private static void checkLineage(RolloutZarrRecord record, RolloutZarrStoreConfig config) {
    RolloutLineage lineage = record.lineage();
    String problem = null;
    if (lineage.sourceRowId() == null) {
      problem = "source_row_id is not set";
    } else if (lineage.targetInvalidReasonBitset() == null
        && config.targetProtocolVersion().replace('-', '_').startsWith("v1")) {
      problem = "target_invalid_reason_bitset is not set (expected with observed targets)";
    }
    if (problem != null) {
      throw new InvalidContentException(
          "Cannot write rollout: %s (rollout=%s)".formatted(problem, record.rolloutIdPrefix()));
    }
  }

  private static String sourceSplit(List<RolloutZarrRecord> records) {
    TreeSet<String> splits = new TreeSet<>();
    for (RolloutZarrRecord record : records) {
      if (!record.result().trajectories().isEmpty()) {
        splits.add(Dictionaries.splitName(record.lineage()));
      }
    }
    return splits.size() == 1 ? splits.first() : "mixed";
  }

  /** The options these tables were built with. */
  public RolloutZarrStoreConfig config() {
    return config;
  }

  /** All 193 arrays by slash path, in creation order. */
  public Map<String, ArrayRows> arrays() {
    return Collections.unmodifiableMap(arrays);
  }

  /** One array as a whole. */
  public TypedArray array(String path) {
    ArrayRows array = arrays.get(path);
    return array.rows(0, array.rows());
  }

  public StoreCounts counts() {
    return counts;
  }

  /** Root attributes without {@code manifest_sha256}. */
  public Map<String, Object> rootAttributes() {
    return Collections.unmodifiableMap(rootAttributes);
  }

  /** Attributes of one group, possibly none. */
  public Map<String, Object> groupAttributes(String group) {
    return StoreAttributes.group(group, config, counts);
  }

  /** The value of {@code manifest.json}. */
  public Map<String, Object> manifest() {
    return Collections.unmodifiableMap(manifest);
  }
}
