package org.nbvrollouts.jobs.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Every key of a campaign configuration, in the order of the documentation. */
final class ConfigKeys {
  private static final Map<String, ConfigKey> BY_PATH = index();

  private ConfigKeys() {}

  static List<ConfigKey> all() {
    return List.copyOf(BY_PATH.values());
  }

  static Optional<ConfigKey> find(String path) {
    return Optional.ofNullable(BY_PATH.get(path));
  }

  /** The lists of tables: {@code recipes} and {@code candidate_mixture.components}. */
  static Set<String> lists() {
    Set<String> lists = new TreeSet<>();
    BY_PATH.values().forEach(key -> key.listPath().ifPresent(lists::add));
    return lists;
  }

  /** Keys of the elements of one list, or the keys outside lists for the empty path. */
  static List<ConfigKey> of(String listPath) {
    return BY_PATH.values().stream().filter(key -> key.isIn(listPath)).toList();
  }

  private static Map<String, ConfigKey> index() {
    Map<String, ConfigKey> index = new LinkedHashMap<>();
    Stream.of(
            WriterKeys.keys(),
            TargetKeys.keys(),
            CandidateKeys.keys(),
            ScorerKeys.keys(),
            RunKeys.keys())
        .flatMap(List::stream)
        .forEach(
            key -> {
              if (index.put(key.path(), key) != null) {
                throw new IllegalStateException("Key declared twice: " + key.path());
              }
            });
    return index;
  }
}
