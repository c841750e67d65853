package org.nbvrollouts.jobs.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the lists of tables hold when a file has none (specification generation 4.5 and 7.8). */
final class DefaultLists {
  private DefaultLists() {}

  static List<ConfigTable> of(String listPath) {
    return listPath.equals(CandidateKeys.COMPONENTS) ? components() : recipes();
  }

  private static List<ConfigTable> components() {
    return List.of(
        component("forward_local", 24, "forward_local", "forward_rig"),
        component("target_bearing_local", 24, "target_bearing_local", "target_point"),
        component("lateral_target_bypass", 12, "lateral_target_bypass", "target_point"));
  }

  private static ConfigTable component(String name, long count, String position, String view) {
    return element(
        CandidateKeys.COMPONENTS,
        Map.of("name", name, "count", count, "position_mode", position, "view_mode", view));
  }

  private static List<ConfigTable> recipes() {
    return List.of(
        recipe("random_valid", Map.of("selection_policy", "random_valid")),
        recipe("oracle_greedy", Map.of("selection_policy", "oracle_greedy")),
        recipe(
            "oracle_lookahead",
            Map.of("selection_policy", "oracle_greedy", "branch_factor", 2L, "beam_width", 2L)),
        recipe(
            "temperature_softmax",
            Map.of(
                "selection_policy", "temperature_softmax", "branch_factor", 2L, "beam_width", 2L)));
  }

  private static ConfigTable recipe(String name, Map<String, Object> changes) {
    Map<String, Object> values = new LinkedHashMap<>(changes);
    values.put("name", name);
    return element(WriterKeys.RECIPES, values);
  }

  private static ConfigTable element(String listPath, Map<String, Object> changes) {
    Map<String, Object> values = new LinkedHashMap<>();
    ConfigKeys.of(listPath).forEach(key -> values.put(key.localPath(), key.fallback()));
    values.putAll(changes);
    return new ConfigTable(values, Map.of(), ConfigOrigin.DEFAULTS);
  }
}
