package org.nbvrollouts.jobs.config;

import static java.util.stream.Collectors.joining;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads one table, the whole file or an element of a list, against its keys. */
final class TomlTableReader {
  /** Text that takes the value away from an optional key. */
  static final String NONE = "none";

  private static final String POLICY = WriterKeys.RECIPES + "[].policy.";
  private static final String STRATEGY = CandidateKeys.COMPONENTS + "[].strategy";
  private static final String ELSEWHERE = "docs/configuration.md lists every key";

  private final TomlTable toml;
  private final String listPath;
  private final ConfigProblems problems;
  private final Set<String> ignored;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Map<String, Written> lists = new HashMap<>();
  private final Set<String> refused = new HashSet<>();
  private final Set<String> misspelt = new HashSet<>();

  /** A value of the file and its line. */
  record Written(Object value, int line) {}

  /**
   * Prepares a reader.
   *
   * @param listPath the list that the table is an element of, empty for the whole file
   * @param ignored takes keys that were accepted and change nothing
   */
  TomlTableReader(TomlTable toml, String listPath, ConfigProblems problems, Set<String> ignored) {
    this.toml = toml;
    this.listPath = listPath;
    this.problems = problems;
    this.ignored = ignored;
  }

  /** Reads every key that is written. */
  void read() {
    ConfigKeys.of(listPath).forEach(key -> values.put(key.localPath(), key.fallback()));
    read(toml, List.of());
  }

  /** What the file has for a list of tables. */
  Optional<Written> list(String path) {
    return Optional.ofNullable(lists.get(path));
  }

  /** Reports keys that have to be written and are not. */
  void requireKeys(int line) {
    for (ConfigKey key : ConfigKeys.of(listPath)) {
      if (key.presence() != ConfigKey.Presence.REQUIRED || lines.containsKey(key.localPath())) {
        continue;
      }
      refused.add(key.localPath());
      if (!misspelt.contains(key.path())) {
        problems.add("Missing " + key.path(), "expected " + expected(key, null), line);
      }
    }
  }

  /** What was read. */
  ConfigTable table(Map<String, List<ConfigTable>> elements) {
    return new ConfigTable(values, elements, new ConfigOrigin(lines, refused));
  }

  private void read(TomlTable table, List<String> parents) {
    for (String name : table.keySet()) {
      List<String> own = List.of(name);
      List<String> names = Stream.concat(parents.stream(), own.stream()).toList();
      Object value = table.get(own);
      read(names, new Written(value, CampaignTomlParser.line(table.inputPositionOf(own))));
    }
  }

  private void read(List<String> names, Written written) {
    String path = path(Toml.joinKeyPath(names));
    Optional<ConfigKey> key = ConfigKeys.find(alias(path));
    if (key.isPresent()) {
      read(key.get(), path, written);
    } else if (ConfigKeys.lists().contains(path)) {
      lists.put(path, written);
    } else if (isTable(path) && !(written.value() instanceof TomlTable)) {
      problems.invalid(path, shown(written.value()), "a table", written.line());
    } else if (written.value() instanceof TomlTable inner && (isTable(path) || !inner.isEmpty())) {
      read(inner, names);
    } else {
      unknown(path, String.join(".", names), written.line());
    }
  }

  private void read(ConfigKey key, String path, Written written) {
    Integer first = lines.putIfAbsent(key.localPath(), written.line());
    if (first == null) {
      resolve(key, written.value(), written.line());
    } else {
      problems.invalid(
          path,
          shown(written.value()),
          "one spelling of " + key.path() + "; line " + first + " has it too",
          written.line());
    }
  }

  private String path(String local) {
    return listPath.isEmpty() ? local : listPath + "[]." + local;
  }

  /** Spellings that other files use: a policy table inside a recipe, strategy for view mode. */
  private static String alias(String path) {
    if (path.startsWith(POLICY)) {
      return WriterKeys.RECIPES + "[]." + path.substring(POLICY.length());
    }
    return path.equals(STRATEGY) ? CandidateKeys.COMPONENTS + "[].view_mode" : path;
  }

  /** True if known keys lie below the path. */
  private static boolean isTable(String path) {
    String prefix = path + ".";
    return prefix.equals(POLICY)
        || ConfigKeys.all().stream().anyMatch(key -> key.path().startsWith(prefix));
  }

  private void resolve(ConfigKey key, Object value, int line) {
    if (key.role() == KeyRole.IGNORED) {
      ignored.add(key.path() + ": " + key.meaning());
      return;
    }
    if (key.presence() == ConfigKey.Presence.OPTIONAL && NONE.equals(value)) {
      values.put(key.localPath(), null);
      return;
    }
    Optional<Object> resolved = key.value().resolve(value).filter(key.range()::accepts);
    if (resolved.isPresent()) {
      values.put(key.localPath(), resolved.get());
    } else {
      refused.add(key.localPath());
      problems.invalid(key.path(), shownAs(key.value(), value), expected(key, value), line);
    }
  }

  /** Text where something else belongs is shown with its quotes, which may be the mistake. */
  private static String shownAs(ConfigType type, Object value) {
    boolean isMistaken = type != ConfigType.TEXT && value instanceof String;
    return isMistaken ? quoted(value) : shown(value);
  }

  private static String expected(ConfigKey key, Object value) {
    String range = key.range().words();
    String type = key.value().words();
    boolean isOfType = value == null || key.value().resolve(value).isPresent();
    String choice = isOfType || range.equals(type) ? range : type + ", " + range;
    String words =
        range.isEmpty() ? type : key.range().choices().isEmpty() ? type + " " + range : choice;
    boolean isTooLarge = value instanceof Long integer && integer > Integer.MAX_VALUE;
    return isTooLarge && key.value() == ConfigType.INTEGER && key.range().isOpenAbove()
        ? words + ", at most " + Integer.MAX_VALUE
        : words;
  }

  /**
   * Tells a key that is not known.
   *
   * @param unquoted the path in this table as it would be if no name had quotes
   */
  private void unknown(String path, String unquoted, int line) {
    String meant = path(unquoted);
    List<String> known = ConfigKeys.all().stream().map(ConfigKey::path).toList();
    Optional<String> closest = Spelling.closest(meant, known);
    String hint = closest.map(best -> "did you mean " + best + "?").orElse(ELSEWHERE);
    if (!meant.equals(path) && isWritable(meant)) {
      hint = "in quotes it is one name; write " + unquoted + " without quotes";
    }
    closest.ifPresent(misspelt::add);
    problems.add("Unknown key: " + path, hint, line);
  }

  /** True if a file may have the path where this table stands. */
  private boolean isWritable(String path) {
    boolean isHere = ConfigKeys.find(alias(path)).filter(key -> key.isIn(listPath)).isPresent();
    return isHere || ConfigKeys.lists().contains(path) || isTable(path);
  }

  /** A value as a message shows it. */
  static String shown(Object toml) {
    if (toml instanceof TomlTable) {
      return "a table";
    }
    if (!(toml instanceof TomlArray array)) {
      return String.valueOf(toml);
    }
    boolean isOfTables =
        !array.isEmpty() && array.toList().stream().allMatch(TomlTable.class::isInstance);
    return isOfTables
        ? "a list of tables"
        : array.toList().stream().map(TomlTableReader::quoted).collect(joining(", ", "[", "]"));
  }

  private static String quoted(Object toml) {
    return toml instanceof String ? "\"" + toml + '"' : shown(toml);
  }
}
