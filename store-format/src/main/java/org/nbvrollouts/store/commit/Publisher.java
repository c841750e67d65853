package org.nbvrollouts.store.commit;

import java.io.IOException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * How a sealed store gets to the place the marker names (specification campaign 9.3). Safety rests
 * on the marker alone; publishing only has to refuse a place that is taken.
 */
public interface Publisher {

  /** The folder that holds the attempts of a shard. */
  StoreLocation attemptsOf(CampaignLayout layout, String shardId);

  /** Value of {@code store_path} for an attempt. */
  String storePath(String attemptId);

  /** Waits until every byte of the store survives a power loss, where that is the policy. */
  void makeDurable(StoreLocation store) throws IOException;

  /** Puts the store at the final directory, unless something stands there. */
  Publication publish(StoreLocation store, StoreLocation finalDirectory) throws IOException;

  /** What a committed attempt no longer needs. */
  StoreLocation scratchOf(StoreLocation attemptFolder);

  /**
   * Removes the folder of a shard's attempts if it became empty. An empty shard folder would not be
   * a missing shard but something that an operator has to look at.
   */
  default void prune(StoreIO io, CampaignLayout layout, String shardId) throws IOException {
    StoreLocation attempts = attemptsOf(layout, shardId);
    if (io.deleteIfEmpty(attempts) && attempts.equals(layout.attemptsOf(shardId))) {
      io.deleteIfEmpty(layout.attemptsRoot());
    }
  }

  /** Answer of {@link #publish}. */
  enum Publication {
    PUBLISHED,
    TARGET_EXISTS
  }
}
