package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.source.SampleIdentity;

/**
 * One source row of a shard (specification campaign 4.2). All eight values enter the split manifest
 * hash.
 *
 * @param order position in the shard, from 0
 */
public record RolloutShardRow(
    int order,
    long sampleIndex,
    String sampleKey,
    String sceneId,
    String snippetId,
    String split,
    String sourceShardId,
    long sourceShardRow)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The row at a position of a shard. */
  public static RolloutShardRow of(int order, SampleIdentity identity) {
    return new RolloutShardRow(
        order,
        identity.sampleIndex(),
        identity.sampleKey(),
        identity.sceneId(),
        identity.snippetId(),
        identity.split(),
        identity.sourceShardId(),
        identity.sourceShardRow());
  }

  /** Who the row is, without its position. */
  public SampleIdentity identity() {
    return new SampleIdentity(
        sampleIndex, sampleKey, sceneId, snippetId, split, sourceShardId, sourceShardRow);
  }

  /** Keys in declaration order, which is the order under the split manifest hash. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("order", order);
    json.put("sample_index", sampleIndex);
    json.put("sample_key", sampleKey);
    json.put("scene_id", sceneId);
    json.put("snippet_id", snippetId);
    json.put("split", split);
    json.put("source_shard_id", sourceShardId);
    json.put("source_shard_row", sourceShardRow);
    return json;
  }
}
