package org.nbvrollouts.store.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Splits whole scenes, so that no scene lies on two sides (specification source 11.3, rule S-9).
 */
public final class SceneSplit {
  /** Name of the policy, as it is recorded. */
  public static final String POLICY = "sha256(scene_id)/v1";

  private static final String PREFIX = "scene-split-1|";

  private SceneSplit() {}

  /**
   * Ranks scenes by the SHA-256 of their id; the first go to {@code val}, the next to {@code test},
   * the rest to {@code train}.
   *
   * @param valScenes wanted scenes in {@code val}, 0 or more
   * @param testScenes wanted scenes in {@code test}, 0 or more
   * @return split by scene id
   * @throws IllegalArgumentException if fewer scenes are given than wanted
   */
  public static SortedMap<String, String> assign(
      Collection<String> sceneIds, int valScenes, int testScenes) {
    List<String> ranked = new ArrayList<>(new TreeSet<>(sceneIds));
    ranked.sort(Comparator.comparing(SceneSplit::rank).thenComparing(Comparator.naturalOrder()));
    if (valScenes < 0 || testScenes < 0 || (long) valScenes + testScenes > ranked.size()) {
      throw new IllegalArgumentException(
          "Invalid split: "
              + valScenes
              + " val and "
              + testScenes
              + " test scenes (expected together at most the "
              + ranked.size()
              + " scenes)");
    }
    TreeMap<String, String> splits = new TreeMap<>();
    for (int i = 0; i < ranked.size(); i++) {
      String split = i < valScenes ? "val" : i < valScenes + testScenes ? "test" : "train";
      splits.put(ranked.get(i), split);
    }
    return Collections.unmodifiableSortedMap(splits);
  }

  private static String rank(String sceneId) {
    return CanonicalJson.sha256Hex((PREFIX + sceneId).getBytes(StandardCharsets.UTF_8));
  }
}
