package org.nbvrollouts.jobs.campaign;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/**
 * Which executor each shard of a wave should go to: shards of a scene follow its mesh and search
 * tree, which cost more to build than most shards take. Only a wish: a task that waits too long for
 * its executor goes anywhere, and data never depends on the place. Not thread-safe.
 */
final class SceneSeating {
  /** More scenes than an executor's mesh cache usually holds are not worth remembering. */
  private static final int SCENES_PER_SEAT = 8;

  private final Map<Seat, LinkedHashSet<String>> scenes = new LinkedHashMap<>();

  /** An executor can take shards. */
  void arrived(Seat seat) {
    scenes.putIfAbsent(seat, new LinkedHashSet<>());
  }

  /** An executor is gone, and its meshes with it. */
  void left(String executorId) {
    scenes.keySet().removeIf(seat -> seat.executorId().equals(executorId));
  }

  /** A shard of a scene ran on an executor. */
  void ran(Seat seat, String sceneId) {
    arrived(seat);
    remember(seat, sceneId);
  }

  /**
   * A wish for every shard of a wave, none if there is no choice. Every executor gets its share of
   * the wave, so that a scene that fills the wave still keeps all of them busy.
   */
  List<Optional<Seat>> place(List<RolloutShardEntry> wave) {
    if (scenes.size() < 2) {
      return wave.stream().map(entry -> Optional.<Seat>empty()).toList();
    }
    int share = (wave.size() + scenes.size() - 1) / scenes.size();
    Map<Seat, Integer> taken = new HashMap<>();
    List<Optional<Seat>> places = new ArrayList<>();
    for (RolloutShardEntry entry : wave) {
      String scene = sceneOf(entry);
      Seat seat = best(scene, taken, share);
      taken.merge(seat, 1, Integer::sum);
      remember(seat, scene);
      places.add(Optional.of(seat));
    }
    return places;
  }

  /** The scene of a shard's first row; planning by scene gives a shard no other. */
  static String sceneOf(RolloutShardEntry entry) {
    return entry.rows().get(0).sceneId();
  }

  private Seat best(String scene, Map<Seat, Integer> taken, int share) {
    Comparator<Seat> hasTheScene =
        Comparator.comparing(seat -> scenes.get(seat).contains(scene) ? 0 : 1);
    Comparator<Seat> hasLeastToDo = Comparator.comparing(seat -> taken.getOrDefault(seat, 0));
    return scenes.keySet().stream()
        .filter(seat -> taken.getOrDefault(seat, 0) < share)
        .min(hasTheScene.thenComparing(hasLeastToDo))
        .orElseThrow();
  }

  private void remember(Seat seat, String scene) {
    LinkedHashSet<String> known = scenes.get(seat);
    known.remove(scene);
    known.add(scene);
    if (known.size() > SCENES_PER_SEAT) {
      known.remove(known.iterator().next());
    }
  }
}
