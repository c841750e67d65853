package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.SampleIdentity;

/**
 * Cuts source rows into shards (specification campaign 3). A pure function: the same rows, hashes
 * and options give the same entries.
 *
 * @param inputs hashes that every entry carries
 * @param sourceStoreDir location recorded in every entry
 * @param rowsPerShard most rows of one shard, at least 1
 */
public record RolloutShardPlanner(
    ShardInputs inputs, String sourceStoreDir, int rowsPerShard, ShardGrouping grouping) {

  public RolloutShardPlanner {
    if (rowsPerShard < 1) {
      throw new RefusedInputException(
          "Invalid rows per shard: " + rowsPerShard + " (expected at least 1)");
    }
  }

  /**
   * One entry per chunk, numbered from 0 across splits; splits in order of first appearance. A
   * shard never mixes splits.
   *
   * @param rows selected source rows in source order
   */
  public List<RolloutShardEntry> planRolloutShards(List<SampleIdentity> rows) {
    Map<String, List<SampleIdentity>> bySplit = new LinkedHashMap<>();
    rows.forEach(row -> bySplit.computeIfAbsent(row.split(), split -> new ArrayList<>()).add(row));
    List<RolloutShardEntry> entries = new ArrayList<>();
    bySplit.forEach(
        (split, splitRows) -> {
          if (grouping == ShardGrouping.SCENE) {
            splitRows.sort(
                Comparator.comparing(SampleIdentity::sceneId, CanonicalJson.CODE_POINT_ORDER));
          }
          for (int start = 0; start < splitRows.size(); start += rowsPerShard) {
            int end = Math.min(splitRows.size(), start + rowsPerShard);
            entries.add(entry(entries.size(), split, splitRows.subList(start, end)));
          }
        });
    return entries;
  }

  private RolloutShardEntry entry(int number, String split, List<SampleIdentity> chunk) {
    List<RolloutShardRow> rows = new ArrayList<>();
    for (SampleIdentity identity : chunk) {
      rows.add(RolloutShardRow.of(rows.size(), identity));
    }
    return new RolloutShardEntry(
        ShardIds.ofNumber(number),
        split,
        inputs,
        SplitManifestHash.of(inputs.sourceManifestHash(), split, rows),
        sourceStoreDir,
        rows);
  }
}
