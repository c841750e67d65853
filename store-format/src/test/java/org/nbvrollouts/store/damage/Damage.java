package org.nbvrollouts.store.damage;

import java.io.IOException;
import java.util.List;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * One thing done to a committed shard.
 *
 * @param entry the shard that must be reported
 * @param paths files that were changed, relative to the final root; a finding has to name one
 * @param what for messages
 */
record Damage(
    DamageKind kind, RolloutShardEntry entry, List<String> paths, String what, Action action) {

  /** Changes files; the caller undoes it. */
  @FunctionalInterface
  interface Action {
    void apply(CommittedShards shards) throws IOException;
  }

  @Override
  public String toString() {
    return kind.text() + " " + what + " " + paths;
  }
}
