package org.nbvrollouts.store.table;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.rollout.RolloutStepRecord;

/** Running sums of a chain in double precision (specification store 4.8). */
final class CumulativeMetrics {
  private static final Map<String, List<String>> SOURCES = new LinkedHashMap<>();

  static {
    SOURCES.put("cumulative_target_rri", List.of("target_rri", "rri"));
    SOURCES.put("cumulative_scene_rri", List.of("scene_rri"));
    SOURCES.put("cumulative_target_root_gain", List.of("target_root_gain", "root_gain"));
    SOURCES.put("cumulative_scene_root_gain", List.of("scene_root_gain"));
  }

  private final Map<String, Double> sums = new LinkedHashMap<>();

  void add(RolloutStepRecord step) {
    SOURCES.forEach(
        (column, names) ->
            names.stream()
                .map(step.selectedMetrics()::get)
                .filter(value -> value != null && Double.isFinite(value))
                .findFirst()
                .ifPresent(value -> sums.merge(column, value, Double::sum)));
  }

  /** Writes the four columns into the current row. */
  void writeTo(TableRows rows, String prefix) {
    SOURCES.keySet().forEach(column -> rows.setOrMissing(prefix + column, sums.get(column)));
  }

  /** As {@link #writeTo}, with a value for an unset target RRI. */
  void writeFinal(TableRows rows, Double targetRriFallback) {
    if (targetRriFallback != null) {
      sums.putIfAbsent("cumulative_target_rri", targetRriFallback);
    }
    writeTo(rows, "final_");
  }
}
