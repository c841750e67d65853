package org.nbvrollouts.store.source;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Finds scenes that lie in more than one split: what is learned from one side is then no evidence
 * about the other (specification source 5.1, rule S-9).
 */
public final class SceneLeakage {
  private static final int MAX_NAMED = 10;

  private SceneLeakage() {}

  /** Splits by scene, of the scenes that have more than one. */
  public static SortedMap<String, SortedSet<String>> find(Collection<SampleIdentity> rows) {
    SortedMap<String, SortedSet<String>> splits = new TreeMap<>();
    rows.forEach(
        row -> splits.computeIfAbsent(row.sceneId(), scene -> new TreeSet<>()).add(row.split()));
    splits.values().removeIf(each -> each.size() < 2);
    return splits;
  }

  /** One line that names at most ten such scenes, or empty if there is none. */
  public static Optional<String> warning(Collection<SampleIdentity> rows) {
    SortedMap<String, SortedSet<String>> leaking = find(rows);
    if (leaking.isEmpty()) {
      return Optional.empty();
    }
    List<String> named =
        leaking.entrySet().stream()
            .limit(MAX_NAMED)
            .map(entry -> entry.getKey() + " in " + String.join(" and ", entry.getValue()))
            .toList();
    String more =
        leaking.size() > MAX_NAMED ? " and " + (leaking.size() - MAX_NAMED) + " more" : "";
    return Optional.of(
        (leaking.size() == 1 ? "1 scene lies" : leaking.size() + " scenes lie")
            + " in more than one split, so results on one split say little about unseen scenes: "
            + named.stream().collect(Collectors.joining(", "))
            + more);
  }
}
