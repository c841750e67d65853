package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * {@code _owner.json}: what was built, from what, by what; the last file of an attempt before it is
 * published (specification campaign 6).
 *
 * @param entry the whole entry that was asked for
 * @param runtime versions and host, as JSON values
 * @param sourceOutcomes one per source row, in row order
 * @param timingsMs milliseconds per stage
 */
public record OwnerSidecar(
    RolloutShardEntry entry,
    AttemptOrigin origin,
    StoreSeal seal,
    ShardCounts counts,
    Map<String, Object> runtime,
    List<SourceOutcome> sourceOutcomes,
    Map<String, Long> timingsMs) {

  /** Name of the file. */
  public static final String FILE_NAME = StoreSchema.ROLLOUT_SHARD_OWNER_FILENAME;

  /** Value of {@code sidecar_kind}. */
  public static final String KIND = "rollout_shard_owner";

  public OwnerSidecar {
    sourceOutcomes = List.copyOf(sourceOutcomes);
    timingsMs = Map.copyOf(timingsMs);
  }

  /** The file with all keys. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>(toReferenceJson());
    origin.putIds(json);
    json.put("files", seal.filesJson());
    json.put("files_sha256", seal.filesSha256());
    json.put("data_sha256", seal.dataSha256());
    json.put("source_outcomes", sourceOutcomes.stream().map(SourceOutcome::toJson).toList());
    json.put("timings_ms", timingsMs);
    json.put("storage", seal.size().toJson());
    return json;
  }

  /** The keys of the first form of the file, which has no seals. */
  public Map<String, Object> toReferenceJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sidecar_kind", KIND);
    SidecarIdentity.of(entry).putInto(json);
    origin.putLocations(json);
    json.put("rollout_manifest_sha256", seal.rolloutManifestSha256());
    json.put("counts", counts.toJson());
    json.put("runtime", runtime);
    json.put("shard_entry", entry.toJson());
    return json;
  }

  /** Canonical bytes of the file. */
  public byte[] toBytes() {
    return CanonicalJson.pretty(toJson()).getBytes(StandardCharsets.UTF_8);
  }
}
