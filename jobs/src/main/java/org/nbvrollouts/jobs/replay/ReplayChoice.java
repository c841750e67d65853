package org.nbvrollouts.jobs.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nbvrollouts.jobs.origin.RemoteStores;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.store.io.StoreLocation;

/**
 * One rollout to replay.
 *
 * @param place number of the store in the list it was chosen from
 * @param store folder of the store
 * @param row of the rollout in it
 */
public record ReplayChoice(int place, StoreLocation store, int row) {

  /**
   * Some rollouts of stores at random, in the order in which neighbours share most; all of them if
   * there are no more than that.
   *
   * @param count most rollouts
   * @param seed the same seed chooses the same rollouts
   */
  public static List<ReplayChoice> random(
      List<StoreLocation> stores, StoreOrigin.Overrides overrides, int count, long seed) {
    List<ReplayChoice> all = new ArrayList<>();
    for (int place = 0; place < stores.size(); place++) {
      try (StoreOrigin store =
          StoreOrigin.open(RemoteStores.reader(stores.get(place)), overrides)) {
        for (int row = 0; row < store.rolloutIds().size(); row++) {
          all.add(new ReplayChoice(place, stores.get(place), row));
        }
      }
    }
    CounterRandom random = new CounterRandom(seed);
    int taken = Math.min(count, all.size());
    for (int i = 0; i < taken; i++) {
      int other = i + (int) (random.doubleAt(i) * (all.size() - i));
      ReplayChoice moved = all.get(i);
      all.set(i, all.get(other));
      all.set(other, moved);
    }
    return all.subList(0, taken).stream()
        .sorted(Comparator.comparingInt(ReplayChoice::place).thenComparingInt(ReplayChoice::row))
        .toList();
  }
}
