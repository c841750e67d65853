package org.nbvrollouts.jobs.shard;

import java.util.function.UnaryOperator;
import org.nbvrollouts.store.io.StoreIO;

/** Runners whose storage is another than that of their request. */
public final class HookedRunners {
  private HookedRunners() {}

  /**
   * A runner of its own, never shared with tasks.
   *
   * @param change what stands between the runner and its storage
   */
  public static ShardRunner of(ShardRunRequest request, UnaryOperator<StoreIO> change) {
    return new ShardRunner(request, change.apply(request.storage().open(request.finalRoot())));
  }
}
