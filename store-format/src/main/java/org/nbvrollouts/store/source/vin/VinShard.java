package org.nbvrollouts.store.source.vin;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One shard of a VIN offline store.
 *
 * @param shardId {@code shard-} and six digits
 * @param rowStart rows of all shards before
 * @param numRows rows of this shard
 * @param blocks by logical name; shards of one store may differ (rule S-4)
 */
record VinShard(String shardId, long rowStart, long numRows, SortedMap<String, VinBlock> blocks) {
  VinShard {
    blocks = Collections.unmodifiableSortedMap(new TreeMap<>(blocks));
  }

  /** Folder below the root of the store. */
  String relativeDir() {
    return relativeDir(shardId);
  }

  static String relativeDir(String shardId) {
    return "shards/" + shardId;
  }
}
