package org.nbvrollouts.store.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.nbvrollouts.store.spill.SpilledSort;

/**
 * Finds scenes that lie in more than one split: what is learned from one side is then no evidence
 * about the other (specification source 5.1, rule S-9). Holds one scene at a time.
 */
public final class SceneLeakage {
  private static final int MAX_NAMED = 10;

  private final List<String> named = new ArrayList<>();
  private final SortedSet<String> splits = new TreeSet<>();
  private String scene;
  private long leaking;

  private SceneLeakage() {}

  /** One line that names at most ten such scenes, or empty if there is none. */
  public static Optional<String> warning(Iterable<SampleIdentity> rows) {
    SceneLeakage leakage = new SceneLeakage();
    try (SpilledSort<SampleIdentity> byScene =
        new SpilledSort<>(
            Comparator.comparing(SampleIdentity::sceneId), new SampleIdentityForm())) {
      rows.forEach(byScene::add);
      byScene.forEach(leakage::add);
    }
    leakage.endScene();
    return leakage.words();
  }

  private void add(SampleIdentity row) {
    if (!row.sceneId().equals(scene)) {
      endScene();
      scene = row.sceneId();
    }
    splits.add(row.split());
  }

  private void endScene() {
    if (splits.size() > 1) {
      leaking++;
      if (named.size() < MAX_NAMED) {
        named.add(scene + " in " + String.join(" and ", splits));
      }
    }
    splits.clear();
  }

  private Optional<String> words() {
    if (leaking == 0) {
      return Optional.empty();
    }
    String more = leaking > named.size() ? " and " + (leaking - named.size()) + " more" : "";
    return Optional.of(
        (leaking == 1 ? "1 scene lies" : leaking + " scenes lie")
            + " in more than one split, so results on one split say little about unseen scenes: "
            + String.join(", ", named)
            + more);
  }
}
