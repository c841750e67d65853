package org.nbvrollouts.store.commit;

import org.nbvrollouts.store.io.StoreLocation;

/** Generates the rollouts of one shard and writes them as a store. */
@FunctionalInterface
public interface ShardBuilder {

  /**
   * Writes a complete store, with its {@code manifest.json}, below a location where nothing stands.
   * On return every file is closed.
   *
   * @throws ShardBuildException if the cause is known
   * @throws java.util.concurrent.CancellationException if the task was asked to stop
   * @throws Exception anything else counts as a failure of generation or storage
   */
  BuiltShard build(StoreLocation store) throws Exception;
}
