package org.nbvrollouts.store.manifest;

import java.util.Map;

/**
 * Which attempt of which campaign a sidecar speaks of, and the folders it worked on.
 *
 * @param outputTmp where the attempt wrote
 * @param outputFinal the final directory of the shard
 */
public record AttemptOrigin(
    String campaignId, String attemptId, String outputTmp, String outputFinal) {

  /** Value of {@code sidecar_version} in the extended form. */
  static final long SIDECAR_VERSION = 2;

  void putLocations(Map<String, Object> json) {
    json.put("output_tmp", outputTmp);
    json.put("output_final", outputFinal);
  }

  void putIds(Map<String, Object> json) {
    json.put("sidecar_version", SIDECAR_VERSION);
    json.put("campaign_id", campaignId);
    json.put("attempt_id", attemptId);
  }

  static AttemptOrigin parse(JsonFields fields) {
    fields.constant("sidecar_version", SIDECAR_VERSION);
    return new AttemptOrigin(
        fields.text("campaign_id"),
        fields.text("attempt_id"),
        fields.text("output_tmp"),
        fields.text("output_final"));
  }
}
