package org.nbvrollouts.jobs.campaign;

import java.util.List;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.RolloutShardPlanner;
import org.nbvrollouts.store.manifest.ShardGrouping;
import org.nbvrollouts.store.manifest.ShardInputs;
import org.nbvrollouts.store.source.SampleIdentity;

/** Entries of any plan: one row per shard, a new scene every hundred rows. */
final class SeededPlan {
  private static final ShardInputs INPUTS =
      new ShardInputs("cfg1:0123456789abcdef", "0123456789abcdef", "rollout-source-v1");
  private static final int ROWS_PER_SCENE = 100;

  private SeededPlan() {}

  /** The n-th entry, as planning makes it. */
  static RolloutShardEntry entry(int number) {
    String scene = "scene-" + number / ROWS_PER_SCENE;
    SampleIdentity row =
        new SampleIdentity(
            number, scene + "::k" + number, scene, "k" + number, "train", "part-00000", number);
    RolloutShardEntry first =
        ManifestFixtures.plan(
                new RolloutShardPlanner(INPUTS, "/source", 1, ShardGrouping.NONE), List.of(row))
            .get(0);
    return new RolloutShardEntry(
        "shard-%06d".formatted(number),
        first.split(),
        first.inputs(),
        first.splitManifestHash(),
        first.sourceStoreDir(),
        first.rows());
  }
}
