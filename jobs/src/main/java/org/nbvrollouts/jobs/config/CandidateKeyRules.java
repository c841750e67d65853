package org.nbvrollouts.jobs.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rules between the keys of {@code candidate_mixture} (specification generation 4 and 8). */
final class CandidateKeyRules {
  private static final String BASE = "candidate_mixture.base.";
  private static final String CAMERA = BASE + "camera_label";
  private static final String MOST = "target_scorer.depth.max_candidates_final";

  private final ConfigTable table;
  private final ConfigProblems problems;

  CandidateKeyRules(ConfigTable table, ConfigProblems problems) {
    this.table = table;
    this.problems = problems;
  }

  void check() {
    if (table.isSound(CAMERA) && !table.text(CAMERA).equals("rgb")) {
      problems.invalid(
          CAMERA,
          table.text(CAMERA),
          "rgb, the only camera that sources hold a calibration of",
          table.lineOf(CAMERA));
    }
    InheritedKeys base = InheritedKeys.of(table, BASE);
    checkOrder(base);
    for (ConfigTable component : table.tables(CandidateKeys.COMPONENTS)) {
      checkOrder(base.overriddenBy(component, CandidateKeys.COMPONENTS + "[]."));
    }
    checkNames(CandidateKeys.COMPONENTS);
    checkNames(WriterKeys.RECIPES);
    checkSize();
  }

  private void checkOrder(InheritedKeys keys) {
    checkOrder(keys, "min_radius", "max_radius");
    checkOrder(keys, "min_elev_deg", "max_elev_deg");
  }

  /** Blames what was written last of two keys whose first must not exceed the second. */
  private void checkOrder(InheritedKeys keys, String least, String most) {
    boolean isWritten = keys.writes(least) || keys.writes(most);
    if (!isWritten || !keys.isSound(least) || !keys.isSound(most)) {
      return;
    }
    double low = keys.number(least);
    double high = keys.number(most);
    if (low > high && keys.lineOf(most) >= keys.lineOf(least)) {
      problems.invalid(
          keys.path(most), high, "at least " + least + ", which is " + low, keys.lineOf(most));
    } else if (low > high) {
      problems.invalid(
          keys.path(least), low, "at most " + most + ", which is " + high, keys.lineOf(least));
    }
  }

  private void checkNames(String listPath) {
    Map<String, Integer> lines = new HashMap<>();
    for (ConfigTable element : table.tables(listPath)) {
      String name = (String) element.value("name");
      int line = element.lineOf("name");
      if (name == null) {
        continue;
      }
      String path = listPath + "[].name";
      if (name.isBlank()) {
        problems.invalid(path, '"' + name + '"', "text that is not blank", line);
      }
      Integer first = lines.putIfAbsent(name, line);
      if (first != null) {
        problems.invalid(path, name, "a name of its own; line " + first + " has it too", line);
      }
    }
  }

  private void checkSize() {
    List<ConfigTable> components = table.tables(CandidateKeys.COMPONENTS);
    boolean areSound = components.stream().allMatch(component -> component.isSound("count"));
    if (!areSound || !table.isSound(MOST)) {
      return;
    }
    long size = components.stream().mapToLong(component -> component.integer("count")).sum();
    if (table.integer(MOST) < size) {
      int line = table.isWritten(MOST) ? table.lineOf(MOST) : components.get(0).line();
      problems.invalid(
          MOST,
          table.value(MOST),
          "at least " + size + ", the candidates that the components count",
          line);
    }
  }
}
