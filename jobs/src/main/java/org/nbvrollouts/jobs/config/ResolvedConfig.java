package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Renders resolved values as the nested tables that hashes and store manifests are made from. */
final class ResolvedConfig {
  private ResolvedConfig() {}

  /** Nested tables of every key that passes, defaults included, values without one as null. */
  static Map<String, Object> tree(ConfigTable table, Predicate<ConfigKey> wanted) {
    Map<String, Object> tree = new LinkedHashMap<>();
    put(tree, table, ConfigKeys.of(""), wanted);
    for (String listPath : ConfigKeys.lists()) {
      List<ConfigKey> keys = ConfigKeys.of(listPath).stream().filter(wanted).toList();
      if (!keys.isEmpty()) {
        List<Object> elements = new ArrayList<>();
        for (ConfigTable element : table.tables(listPath)) {
          Map<String, Object> branch = new LinkedHashMap<>();
          put(branch, element, keys, wanted);
          elements.add(branch);
        }
        insert(tree, listPath, elements);
      }
    }
    return tree;
  }

  private static void put(
      Map<String, Object> tree,
      ConfigTable table,
      List<ConfigKey> keys,
      Predicate<ConfigKey> wanted) {
    for (ConfigKey key : keys) {
      if (wanted.test(key)) {
        insert(tree, key.localPath(), table.value(key.localPath()));
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void insert(Map<String, Object> tree, String path, Object value) {
    Map<String, Object> branch = tree;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      branch =
          (Map<String, Object>)
              branch.computeIfAbsent(names[i], name -> new LinkedHashMap<String, Object>());
    }
    branch.put(names[names.length - 1], value);
  }
}
