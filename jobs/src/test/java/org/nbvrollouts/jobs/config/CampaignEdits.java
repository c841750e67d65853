package org.nbvrollouts.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * A sound campaign of two recipes and two components, and mistakes to put into it. A place is a key
 * with the index of its list element, {@code recipes[1].horizon} for example.
 */
final class CampaignEdits {
  private static final Pattern LINE = Pattern.compile("\\{([^}]+)}");
  private static final Pattern END = Pattern.compile(", line=\\d+\\)$");
  private static final List<String> TABLES =
      List.of(
          "",
          "source",
          "source.store",
          "selected_depth",
          "store",
          "oracle_target_task_sampler",
          "target_selector",
          "candidate_mixture.base",
          "target_scorer",
          "target_scorer.depth",
          "target_scorer.depth.renderer",
          "target_scorer.oracle",
          "run",
          "storage",
          "candidate_mixture.components[0]",
          "candidate_mixture.components[1]",
          "recipes[0]",
          "recipes[1]");

  private CampaignEdits() {}

  /**
   * One mistake.
   *
   * @param changes what it writes, TOML by place
   * @param message what is told of it; {@code {place}} stands for a line
   * @param keys places whose change changes the message
   */
  record Edit(Map<String, String> changes, String message, Set<String> keys) {

    static Edit of(String place, String toml, String start) {
      return new Edit(
          Map.of(place, toml), start + ", file=law.toml, line={" + place + "})", Set.of(place));
    }

    /** Another key that is written before the mistake. */
    Edit with(String place, String toml) {
      Map<String, String> more = new LinkedHashMap<>(Map.of(place, toml));
      more.putAll(changes);
      return new Edit(more, message, union(place));
    }

    /** Another key that the rule goes by. */
    Edit given(String place) {
      return new Edit(changes, message, union(place));
    }

    private Set<String> union(String place) {
      Set<String> union = new TreeSet<>(keys);
      union.add(place);
      return union;
    }

    /** False if a key of one is a key of the other, or a table that has it. */
    boolean isIndependentOf(Edit other) {
      return keys.stream().noneMatch(key -> other.keys.stream().anyMatch(it -> meets(key, it)));
    }

    private static boolean meets(String left, String right) {
      return left.equals(right) || left.startsWith(right + ".") || right.startsWith(left + ".");
    }
  }

  /** What a file with these mistakes is refused with, line by line. */
  static List<String> refusal(List<Edit> edits) {
    StringBuilder toml = new StringBuilder();
    render(edits, toml);
    Throwable thrown =
        catchThrowable(() -> new CampaignConfig.Text("law.toml", toml.toString()).parse());
    assertThat(thrown).as(toml.toString()).isInstanceOf(RefusedInputException.class);
    return thrown.getMessage().lines().toList();
  }

  /** What must be told of these mistakes. */
  static List<String> expected(List<Edit> edits) {
    Map<String, Integer> lines = render(edits, new StringBuilder());
    return edits.stream()
        .map(edit -> LINE.matcher(edit.message()).replaceAll(place -> line(lines, place.group(1))))
        .toList();
  }

  private static String line(Map<String, Integer> lines, String place) {
    return Matcher.quoteReplacement(String.valueOf(lines.get(place)));
  }

  /** A value of the wrong type for every key, told as it is told alone. */
  static List<Edit> wrongTypes() {
    List<Edit> edits = new ArrayList<>();
    for (ConfigKey key : ConfigKeys.all()) {
      if (key.role() != KeyRole.IGNORED) {
        String place = key.path().replace("[]", "[1]");
        String wrong = SweepValues.wrong(key).get(2);
        Edit edit = Edit.of(place, wrong, "");
        List<String> alone = refusal(List.of(edit));
        assertThat(alone).as(place).hasSize(1);
        assertThat(alone.get(0)).startsWith("Invalid " + key.path() + ": ");
        String start = END.matcher(alone.get(0)).replaceFirst("");
        edits.add(new Edit(edit.changes(), start + ", line={" + place + "})", edit.keys()));
      }
    }
    return edits;
  }

  private static Map<String, Integer> render(List<Edit> edits, StringBuilder toml) {
    Map<String, Map<String, String>> tables = new LinkedHashMap<>();
    TABLES.forEach(table -> tables.put(table, new LinkedHashMap<>()));
    sound().forEach((place, value) -> put(tables, place, value));
    for (Edit edit : edits) {
      edit.changes().forEach((place, value) -> put(tables, place, value));
    }
    Map<String, Integer> lines = new LinkedHashMap<>();
    int line = 0;
    for (Map.Entry<String, Map<String, String>> table : tables.entrySet()) {
      String name = table.getKey();
      boolean isList = name.endsWith("]");
      if (!name.isEmpty() && !table.getValue().isEmpty()) {
        String bare = isList ? name.substring(0, name.length() - 3) : name;
        toml.append(isList ? "[[" + bare + "]]\n" : "[" + bare + "]\n");
        lines.put(name, ++line);
      }
      for (Map.Entry<String, String> entry : table.getValue().entrySet()) {
        lines.put(name.isEmpty() ? entry.getKey() : name + "." + entry.getKey(), ++line);
        toml.append(entry.getKey()).append(" = ").append(entry.getValue()).append('\n');
      }
    }
    return lines;
  }

  /** An empty value takes the key away. */
  private static void put(Map<String, Map<String, String>> tables, String place, String value) {
    int dot = place.endsWith("\"") ? place.indexOf('"') - 1 : place.lastIndexOf('.');
    String table = dot < 0 ? "" : place.substring(0, dot);
    String name = place.substring(dot + 1);
    if (value.isEmpty()) {
      tables.get(table).remove(name);
    } else {
      tables.get(table).put(name, value);
    }
  }

  private static Map<String, String> sound() {
    Map<String, String> sound = new LinkedHashMap<>();
    sound.put("target_source", "\"actor_visible_selector\"");
    for (int i = 0; i < 2; i++) {
      String recipe = "recipes[" + i + "].";
      sound.put(recipe + "name", "\"r" + i + "\"");
      sound.put(recipe + "selection_policy", "\"random\"");
      String component = "candidate_mixture.components[" + i + "].";
      sound.put(component + "name", "\"c" + i + "\"");
      sound.put(component + "count", "4");
      sound.put(component + "view_mode", "\"forward_rig\"");
    }
    return sound;
  }
}
