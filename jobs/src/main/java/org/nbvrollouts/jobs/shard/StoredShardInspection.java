package org.nbvrollouts.jobs.shard;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ShardCounts;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Reads a written store back. */
public final class StoredShardInspection implements StoreInspection {
  @Override
  public InspectedStore inspect(StoreLocation store) {
    try (RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store.localPath())) {
      return new InspectedStore(
          List.of(),
          new ShardCounts(
              reader.shape("rollouts/rollout_row_id").get(0),
              reader.shape("steps/step_row_id").get(0),
              reader.shape("candidates/candidate_row_id").get(0)),
          "0".repeat(64),
          Map.of());
    }
  }
}
