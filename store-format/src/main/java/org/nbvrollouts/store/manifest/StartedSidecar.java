package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * {@code _started.json}: the first file of an attempt, which makes killed attempts visible
 * (specification campaign 9.3).
 *
 * @param startedAtUtc second of the start, for people only
 * @param deadlineMs longest duration of the attempt
 */
public record StartedSidecar(
    String campaignId,
    String shardId,
    String attemptId,
    String host,
    String executorId,
    String startedAtUtc,
    long deadlineMs) {

  /** Name of the file. */
  public static final String FILE_NAME = "_started.json";

  /** Canonical bytes of the file. */
  public byte[] toBytes() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("campaign_id", campaignId);
    json.put("shard_id", shardId);
    json.put("attempt_id", attemptId);
    json.put("host", host);
    json.put("executor_id", executorId);
    json.put("started_at_utc", startedAtUtc);
    json.put("deadline_ms", deadlineMs);
    return CanonicalJson.pretty(json).getBytes(StandardCharsets.UTF_8);
  }
}
