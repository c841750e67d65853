package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * {@code _FAILED.<shard>.<stamp>.<attempt>.json}: why an attempt failed, beside the final
 * directories and never inside one (specification campaign 6).
 *
 * @param identity values of the entry, never of what was found
 * @param observed values that were found instead, by the key of the expected one
 * @param sourceOutcomes of the rows that were finished
 */
public record FailureSidecar(
    SidecarIdentity identity,
    AttemptOrigin origin,
    FailureDetail detail,
    Map<String, Object> runtime,
    Map<String, String> observed,
    List<SourceOutcome> sourceOutcomes,
    Map<String, Long> timingsMs) {

  /** Value of {@code sidecar_kind}. */
  public static final String KIND = "rollout_shard_failure";

  private static final String PREFIX = "_FAILED.";

  public FailureSidecar {
    observed = Map.copyOf(observed);
    sourceOutcomes = List.copyOf(sourceOutcomes);
    timingsMs = Map.copyOf(timingsMs);
  }

  /** File name of the marker; the attempt makes it unique. */
  public String fileName(Instant now) {
    return PREFIX
        + identity.shardId()
        + "."
        + UtcStamps.fileName(now)
        + "."
        + origin.attemptId()
        + ".json";
  }

  /** What the names of all failure markers of a shard start with. */
  public static String namePrefix(String shardId) {
    return PREFIX + shardId + ".";
  }

  /** Whether a file name is that of a failure marker. */
  public static boolean isFileName(String name) {
    return name.startsWith(PREFIX) && name.endsWith(".json");
  }

  /** The file with all keys. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sidecar_kind", KIND);
    identity.putInto(json);
    origin.putLocations(json);
    origin.putIds(json);
    json.put("runtime", runtime);
    json.put("error_type", detail.errorType());
    json.put("error", detail.error());
    json.put("failure_kind", detail.kind().text());
    json.put("stage", detail.stage());
    json.put("retriable", detail.kind().isRetriable());
    json.put("source_outcomes", sourceOutcomes.stream().map(SourceOutcome::toJson).toList());
    json.put("timings_ms", timingsMs);
    observed.forEach((key, value) -> json.put("observed_" + key, value));
    return json;
  }

  /** Canonical bytes of the file. */
  public byte[] toBytes() {
    return CanonicalJson.pretty(toJson()).getBytes(StandardCharsets.UTF_8);
  }
}
