package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SampleIdentityForm;
import org.nbvrollouts.store.spill.SpilledSort;

/**
 * Cuts source rows into shards (specification campaign 3). A pure function: the same rows, hashes
 * and options give the same entries. Holds one entry at a time.
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
   * @param rows selected source rows in source order, read once
   * @param sink gets the entries in plan order
   */
  public void planRolloutShards(
      Iterable<SampleIdentity> rows, Consumer<? super RolloutShardEntry> sink) {
    Map<String, Integer> splits = new HashMap<>();
    Comparator<SampleIdentity> bySplit = Comparator.comparing(row -> splits.get(row.split()));
    Comparator<SampleIdentity> order =
        grouping == ShardGrouping.SCENE
            ? bySplit.thenComparing(SampleIdentity::sceneId, CanonicalJson.CODE_POINT_ORDER)
            : bySplit;
    try (SpilledSort<SampleIdentity> sorted = new SpilledSort<>(order, new SampleIdentityForm())) {
      for (SampleIdentity row : rows) {
        splits.putIfAbsent(row.split(), splits.size());
        sorted.add(row);
      }
      new Cut(sink).cut(sorted);
    }
  }

  /** Cuts rows that are in order. */
  private final class Cut {
    private final Consumer<? super RolloutShardEntry> sink;
    private final List<RolloutShardRow> chunk = new ArrayList<>();
    private int shards;

    Cut(Consumer<? super RolloutShardEntry> sink) {
      this.sink = sink;
    }

    void cut(Iterable<SampleIdentity> rows) {
      for (SampleIdentity row : rows) {
        if (!chunk.isEmpty()
            && (chunk.size() == rowsPerShard || !chunk.get(0).split().equals(row.split()))) {
          end();
        }
        chunk.add(RolloutShardRow.of(chunk.size(), row));
      }
      if (!chunk.isEmpty()) {
        end();
      }
    }

    private void end() {
      String split = chunk.get(0).split();
      sink.accept(
          new RolloutShardEntry(
              ShardIds.ofNumber(shards++),
              split,
              inputs,
              SplitManifestHash.of(inputs.sourceManifestHash(), split, chunk),
              sourceStoreDir,
              chunk));
      chunk.clear();
    }
  }
}
