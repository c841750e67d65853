package org.nbvrollouts.jobs.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stages of a build in their order, by the names that stores record, and in words. */
final class BenchmarkStages {
  /** Everything that is none of the others. */
  static final String REST = "rest";

  /** Publishing and committing, and what surrounds an attempt. */
  static final String COMMIT = "commit";

  private static final String BUILD = "build";
  private static final List<String> AFTER_BUILD = List.of("seal", "validate", "force");
  private static final Map<String, String> WORDS = words();

  private BenchmarkStages() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("read", "read row");
    words.put("mesh", "load mesh, build tree");
    words.put("targets", "choose targets");
    words.put("root_cloud", "root cloud");
    words.put("candidates", "draw, rules");
    words.put("render", "views of candidates");
    words.put("target_score", "target scores");
    words.put("scene_score", "scene scores");
    words.put("selection", "choose views");
    words.put("selected_depth", "kept depth images");
    words.put(REST, "records, rest");
    words.put("write", "write store");
    words.put("validate", "read back, validate");
    words.put("seal", "seal");
    words.put("force", "force to disk");
    words.put(COMMIT, "publish, commit");
    return words;
  }

  /** Names in their order. */
  static List<String> names() {
    return List.copyOf(WORDS.keySet());
  }

  /** For people. */
  static String words(String stage) {
    return WORDS.get(stage);
  }

  /**
   * Adds one attempt to sums over attempts.
   *
   * @param timingsMs as recorded with the store
   * @param attemptMs the whole attempt
   */
  static void add(Map<String, Double> sums, Map<String, Long> timingsMs, double attemptMs) {
    double build = timingsMs.getOrDefault(BUILD, 0L);
    double outside = attemptMs - build;
    double inside = build;
    for (String stage : names()) {
      double ms = timingsMs.getOrDefault(stage, 0L);
      sums.merge(stage, ms, Double::sum);
      if (AFTER_BUILD.contains(stage)) {
        outside -= ms;
      } else {
        inside -= ms;
      }
    }
    sums.merge(REST, Math.max(0, inside), Double::sum);
    sums.merge(COMMIT, Math.max(0, outside), Double::sum);
  }
}
