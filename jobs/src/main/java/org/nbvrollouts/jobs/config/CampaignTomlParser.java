package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.text.TomlText;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads a campaign file against the table of keys. Every problem of a file is reported at once,
 * each with file and line: syntax, unknown keys with the likely meant one, types, ranges, missing
 * keys.
 */
final class CampaignTomlParser {
  /** Text that takes the value away from an optional key. */
  static final String NONE = "none";

  private final String file;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> ignored = new TreeSet<>();

  private CampaignTomlParser(String file) {
    this.file = file;
  }

  /**
   * Values of a file.
   *
   * @param table resolved values
   * @param ignored keys that were accepted and change nothing, sorted
   */
  record Parsed(ConfigTable table, List<String> ignored) {}

  /**
   * Parses a campaign file.
   *
   * @param file how messages name the file
   */
  static Parsed parse(String toml, String file) {
    CampaignTomlParser parser = new CampaignTomlParser(file);
    TomlParseResult parsed = TomlText.parse(toml, file);
    parsed
        .errors()
        .forEach(error -> parser.problem("Invalid TOML: " + error.getMessage(), error.position()));
    parser.refuseIfBroken();
    ConfigTable table = parser.root(parsed);
    parser.refuseIfBroken();
    parser.reportUnusedTargetKeys(parsed, table);
    return new Parsed(table, List.copyOf(parser.ignored));
  }

  private void reportUnusedTargetKeys(TomlTable root, ConfigTable table) {
    for (String path : root.dottedKeySet()) {
      ConfigKeys.find(path)
          .filter(key -> TargetKeys.isUnused(key, table))
          .ifPresent(
              key -> ignored.add(path + ": targets come from " + table.text(TargetKeys.SOURCE)));
    }
  }

  private ConfigTable root(TomlTable root) {
    Map<String, List<ConfigTable>> lists = new TreeMap<>();
    for (String listPath : ConfigKeys.lists()) {
      lists.put(listPath, elements(root, listPath));
    }
    return new ConfigTable(values(root, ""), lists);
  }

  private List<ConfigTable> elements(TomlTable root, String listPath) {
    if (!root.contains(listPath)) {
      return DefaultLists.of(listPath);
    }
    List<ConfigTable> elements = new ArrayList<>();
    List<Object> items = root.get(listPath) instanceof TomlArray array ? array.toList() : List.of();
    for (Object item : items) {
      if (item instanceof TomlTable table) {
        elements.add(new ConfigTable(values(table, listPath), Map.of()));
      }
    }
    if (items.isEmpty() || elements.size() != items.size()) {
      invalid(
          listPath,
          shown(root.get(listPath)),
          "a list of at least one table",
          root.inputPositionOf(listPath));
    }
    return elements;
  }

  private Map<String, Object> values(TomlTable table, String listPath) {
    Map<String, Object> values = new LinkedHashMap<>();
    ConfigKeys.of(listPath).forEach(key -> values.put(key.localPath(), key.fallback()));
    Set<String> written = new TreeSet<>();
    for (List<String> names : table.keyPathSet(false)) {
      String local = String.join(".", names);
      String path = listPath.isEmpty() ? local : listPath + "[]." + local;
      written.add(local);
      if (listPath.isEmpty() && ConfigKeys.lists().contains(local)) {
        continue;
      }
      Optional<ConfigKey> key = ConfigKeys.find(alias(path));
      TomlPosition position = table.inputPositionOf(names);
      if (key.isEmpty()) {
        unknown(path, position);
      } else {
        written.add(key.get().localPath());
        resolve(key.get(), table.get(names), position)
            .ifPresent(value -> values.put(key.get().localPath(), value.orElse(null)));
      }
    }
    for (ConfigKey key : ConfigKeys.of(listPath)) {
      if (key.presence() == ConfigKey.Presence.REQUIRED && !written.contains(key.localPath())) {
        problem("Missing " + key.path() + " (expected " + expected(key), positionOf(table));
      }
    }
    return values;
  }

  /** Spellings that other files use: a policy table inside a recipe, strategy for view mode. */
  private static String alias(String path) {
    if (path.startsWith("recipes[].policy.")) {
      return "recipes[]." + path.substring("recipes[].policy.".length());
    }
    return path.equals("candidate_mixture.components[].strategy")
        ? "candidate_mixture.components[].view_mode"
        : path;
  }

  /** Outer empty: refused. Inner empty: no value. */
  private Optional<Optional<Object>> resolve(ConfigKey key, Object toml, TomlPosition position) {
    if (key.role() == KeyRole.IGNORED) {
      ignored.add(key.path() + ": " + key.meaning());
      return Optional.of(Optional.empty());
    }
    if (key.presence() == ConfigKey.Presence.OPTIONAL && NONE.equals(toml)) {
      return Optional.of(Optional.empty());
    }
    Optional<Object> value = key.value().resolve(toml).filter(key.range()::accepts);
    if (value.isEmpty()) {
      invalid(key.path(), shown(toml), expected(key), position);
      return Optional.empty();
    }
    return Optional.of(value);
  }

  private static Object shown(Object toml) {
    return toml instanceof TomlArray array ? array.toList() : toml;
  }

  private static String expected(ConfigKey key) {
    String range = key.range().words();
    String type = key.value().words();
    return range.isEmpty() ? type : key.range().choices().isEmpty() ? type + " " + range : range;
  }

  private void unknown(String path, TomlPosition position) {
    List<String> known = ConfigKeys.all().stream().map(ConfigKey::path).toList();
    String hint =
        Spelling.closest(path, known)
            .map(best -> "did you mean " + best + "?")
            .orElse("docs/configuration.md lists every key");
    problem("Unknown key: " + path + " (" + hint, position);
  }

  private void invalid(String path, Object value, String expected, TomlPosition position) {
    problem("Invalid " + path + ": " + value + " (expected " + expected, position);
  }

  private static TomlPosition positionOf(TomlTable table) {
    return table.isEmpty()
        ? null
        : table.inputPositionOf(List.of(table.keySet().iterator().next()));
  }

  private record Problem(int line, String text) {}

  /** Adds file and line to a message; a parenthesis it left open is continued. */
  private void problem(String message, TomlPosition position) {
    int line = position == null ? 0 : position.line();
    String place = position == null ? "" : ", line=" + line;
    String separator = message.contains("(") ? ", " : " (";
    problems.add(new Problem(line, message + separator + "file=" + file + place + ")"));
  }

  private void refuseIfBroken() {
    if (!problems.isEmpty()) {
      throw new RefusedInputException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line).thenComparing(Problem::text))
              .map(Problem::text)
              .collect(Collectors.joining("\n")));
    }
  }
}
