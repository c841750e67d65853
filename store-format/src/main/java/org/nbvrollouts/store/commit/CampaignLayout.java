package org.nbvrollouts.store.commit;

import java.io.Serializable;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ShardIds;

/**
 * Folders of a campaign (specification campaign 9.3).
 *
 * @param finalRoot holds one folder per shard, failure markers and copies of the plan
 * @param attemptsRoot holds private attempts until they are renamed; on the same file system
 */
public record CampaignLayout(StoreLocation finalRoot, StoreLocation attemptsRoot)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Default folder of attempts below the final root. */
  public static final String ATTEMPTS_NAME = "_attempts";

  /** Name of the copy of the shard manifest in the final root. */
  public static final String MANIFEST_NAME = "shards.jsonl";

  /** Folder of shards that an operator took out of the campaign; nothing reads it. */
  public static final String RETIRED_NAME = "_retired";

  /** Folder of the store inside an attempt. */
  public static final String STORE_NAME = "store";

  private static final String DIVERGENT_PREFIX = "_DIVERGENT.";

  /** The layout with attempts below the final root. */
  public static CampaignLayout of(StoreLocation finalRoot) {
    return new CampaignLayout(finalRoot, finalRoot.child(ATTEMPTS_NAME));
  }

  /** Where a shard is published; the id must be canonical. */
  public StoreLocation finalDirectory(String shardId) {
    return finalRoot.child(checked(shardId));
  }

  /** Where rename publish keeps the attempts of a shard. */
  public StoreLocation attemptsOf(String shardId) {
    return attemptsRoot.child(checked(shardId));
  }

  /** Where what stood at a final directory goes when it is retired. */
  StoreLocation retired(String shardId, String name) {
    return finalRoot.child(RETIRED_NAME).child(checked(shardId)).child(name);
  }

  /** The report that two attempts gave different data. */
  StoreLocation divergentReport(String shardId, String attemptId) {
    return finalRoot.child(divergentPrefix(shardId) + attemptId + ".json");
  }

  /** What the names of all divergence reports of a shard start with. */
  public static String divergentPrefix(String shardId) {
    return DIVERGENT_PREFIX + checked(shardId) + ".";
  }

  /** Whether a file name is that of a divergence report. */
  public static boolean isDivergentReport(String name) {
    return name.startsWith(DIVERGENT_PREFIX) && name.endsWith(".json");
  }

  private static String checked(String shardId) {
    if (!ShardIds.isCanonical(shardId)) {
      throw new IllegalArgumentException(
          "Invalid shard id: " + shardId + " (expected shard- and at least six digits)");
    }
    return shardId;
  }
}
