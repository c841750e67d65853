package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.nbvrollouts.store.error.RefusedInputException;

/** A campaign file with one assignment per line and the place of each. */
final class SweepFile {
  private static final String FILE = "bad.toml";

  /** What an element of a list of tables must hold. */
  private static final Map<String, String> REQUIRED =
      Map.of(
          "recipes[].name", "\"a\"",
          "recipes[].selection_policy", "\"random_valid\"",
          "candidate_mixture.components[].name", "\"a\"",
          "candidate_mixture.components[].count", "4",
          "candidate_mixture.components[].view_mode", "\"forward_rig\"");

  private final StringBuilder text = new StringBuilder();
  private final Map<ConfigKey, Integer> lines = new HashMap<>();
  private int line = 1;

  /**
   * Writes the assignments, and what else the elements of lists must hold.
   *
   * @param suffix put behind the names of the keys
   */
  SweepFile(Map<ConfigKey, String> values, String suffix) {
    Map<String, List<ConfigKey>> tables = new TreeMap<>();
    values.keySet().forEach(key -> in(tables, key));
    for (String listPath : ConfigKeys.lists()) {
      if (tables.containsKey(listPath)) {
        ConfigKeys.of(listPath).stream()
            .filter(key -> REQUIRED.containsKey(key.path()))
            .filter(key -> !values.containsKey(key) || !suffix.isEmpty())
            .forEach(key -> required(tables, key));
      }
    }
    tables.forEach((table, keys) -> write(table, keys, values, suffix));
  }

  private static void in(Map<String, List<ConfigKey>> tables, ConfigKey key) {
    tables.computeIfAbsent(table(key), missing -> new ArrayList<>()).add(key);
  }

  /** A second entry of a key stands for its required value. */
  private static void required(Map<String, List<ConfigKey>> tables, ConfigKey key) {
    tables.get(table(key)).add(0, key);
  }

  private void write(
      String table, List<ConfigKey> keys, Map<ConfigKey, String> values, String suffix) {
    if (!table.isEmpty()) {
      add(ConfigKeys.lists().contains(table) ? "[[" + table + "]]" : "[" + table + "]");
    }
    Set<ConfigKey> pending = new HashSet<>();
    for (ConfigKey key : keys) {
      boolean isRequiredValue =
          REQUIRED.containsKey(key.path())
              && (!values.containsKey(key) || (!suffix.isEmpty() && pending.add(key)));
      if (isRequiredValue) {
        add(name(key) + " = " + REQUIRED.get(key.path()));
      } else {
        lines.put(key, line);
        add(name(key) + suffix + " = " + values.get(key));
      }
    }
  }

  private void add(String assignment) {
    text.append(assignment).append('\n');
    line++;
  }

  int lineOf(ConfigKey key) {
    return lines.get(key);
  }

  CampaignConfig parse() {
    return new CampaignConfig.Text(FILE, text.toString()).parse();
  }

  List<String> refusal() {
    Throwable thrown = catchThrowable(this::parse);
    assertThat(thrown).isInstanceOf(RefusedInputException.class);
    return thrown.getMessage().lines().toList();
  }

  private static String table(ConfigKey key) {
    String prefix = key.path().substring(0, key.path().length() - name(key).length());
    return prefix.replace("[].", "").replaceAll("\\.$", "");
  }

  private static String name(ConfigKey key) {
    return key.path().substring(key.path().lastIndexOf('.') + 1);
  }
}
