package org.nbvrollouts.store.source.vin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;

/**
 * Which row of a store belongs to which row of a source: those of exactly the same sample key (rule
 * S-6).
 *
 * @param pairs in the order of the store
 * @param storeOnly keys of rows of the store that are left out, by reason
 * @param sourceOnly keys of rows of the source that no row of the store names
 */
record VinMatch(
    List<Pair> pairs, Map<UnjoinedReason, List<String>> storeOnly, List<String> sourceOnly) {
  VinMatch {
    pairs = List.copyOf(pairs);
    storeOnly = Collections.unmodifiableMap(new EnumMap<>(storeOnly));
    sourceOnly = List.copyOf(sourceOnly);
  }

  /** Two rows of one sample key. */
  record Pair(SampleIdentity store, SampleIdentity source) {}

  /**
   * Matches rows.
   *
   * @param problems receives pairs of one key and different scene or snippet
   */
  static VinMatch of(
      List<SampleIdentity> store, List<SampleIdentity> source, InputProblems problems) {
    Map<String, SampleIdentity> sourceByKey = new HashMap<>();
    source.forEach(row -> sourceByKey.put(row.sampleKey(), row));
    Map<List<String>, SampleIdentity> lastOfSnippet = new HashMap<>();
    store.forEach(row -> lastOfSnippet.put(snippet(row), row));
    Set<List<String>> snippets = source.stream().map(VinMatch::snippet).collect(Collectors.toSet());
    Set<String> scenes = source.stream().map(SampleIdentity::sceneId).collect(Collectors.toSet());
    List<Pair> pairs = new ArrayList<>();
    Map<UnjoinedReason, List<String>> storeOnly = new EnumMap<>(UnjoinedReason.class);
    Set<String> joined = new HashSet<>();
    for (SampleIdentity row : store) {
      SampleIdentity other = sourceByKey.get(row.sampleKey());
      if (!row.equals(lastOfSnippet.get(snippet(row)))) {
        leaveOut(storeOnly, UnjoinedReason.SUPERSEDED, row);
      } else if (other == null) {
        leaveOut(
            storeOnly,
            snippets.contains(snippet(row))
                ? UnjoinedReason.KEY_DIFFERS
                : scenes.contains(row.sceneId())
                    ? UnjoinedReason.SNIPPET_MISSING
                    : UnjoinedReason.SCENE_MISSING,
            row);
      } else if (!snippet(row).equals(snippet(other))) {
        problems.add(
            "Cannot join: sample key %s is %s in the store and %s in the source (expected one scene and snippet)"
                .formatted(row.sampleKey(), snippet(row), snippet(other)));
      } else {
        pairs.add(new Pair(row, other));
        joined.add(row.sampleKey());
      }
    }
    List<String> sourceOnly =
        source.stream()
            .map(SampleIdentity::sampleKey)
            .filter(key -> !joined.contains(key))
            .toList();
    return new VinMatch(pairs, storeOnly, sourceOnly);
  }

  private static void leaveOut(
      Map<UnjoinedReason, List<String>> storeOnly, UnjoinedReason reason, SampleIdentity row) {
    storeOnly.computeIfAbsent(reason, each -> new ArrayList<>()).add(row.sampleKey());
  }

  private static List<String> snippet(SampleIdentity row) {
    return List.of(row.sceneId(), row.snippetId());
  }
}
