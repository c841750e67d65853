package org.nbvrollouts.jobs.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Reads one table, the whole file or an element of a list, against its keys. */
final class TomlTableReader {
  /** Text that takes the value away from an optional key. */
  static final String NONE = "none";

  private static final String POLICY = WriterKeys.RECIPES + "[].policy.";
  private static final String STRATEGY = CandidateKeys.COMPONENTS + "[].strategy";
  private static final int MOST_SHOWN = 200;

  private final TomlTable toml;
  private final String listPath;
  private final ConfigProblems problems;
  private final Set<String> ignored;
  private final Map<String, Object> values = new LinkedHashMap<>();
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> refused = new HashSet<>();

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
    for (List<String> names : toml.keyPathSet(false)) {
      String path = path(names);
      if (!listPath.isEmpty() || !ConfigKeys.lists().contains(path)) {
        read(names, path, CampaignTomlParser.line(toml.inputPositionOf(names)));
      }
    }
    for (List<String> names : CampaignTomlParser.emptyTables(toml)) {
      String path = path(names);
      if (!isTable(path)) {
        unknown(path, CampaignTomlParser.line(toml.inputPositionOf(names)));
      }
    }
  }

  /** Reports keys that have to be written and are not. */
  void requireKeys(int line) {
    for (ConfigKey key : ConfigKeys.of(listPath)) {
      if (key.presence() == ConfigKey.Presence.REQUIRED && !lines.containsKey(key.localPath())) {
        refused.add(key.localPath());
        problems.add("Missing " + key.path(), "expected " + expected(key, null), line);
      }
    }
  }

  /** What was read. */
  ConfigTable table(Map<String, List<ConfigTable>> lists, int line) {
    return new ConfigTable(values, lists, new ConfigOrigin(line, lines, refused));
  }

  private String path(List<String> names) {
    String local = String.join(".", names);
    return listPath.isEmpty() ? local : listPath + "[]." + local;
  }

  private void read(List<String> names, String path, int line) {
    Object value = toml.get(names);
    Optional<ConfigKey> key = ConfigKeys.find(alias(path));
    if (key.isEmpty() && isTable(path)) {
      problems.invalid(path, shown(value), "a table", line);
    } else if (key.isEmpty()) {
      unknown(path, line);
    } else if (lines.containsKey(key.get().localPath())) {
      problems.invalid(
          path,
          shown(value),
          "one spelling of "
              + key.get().path()
              + "; line "
              + lines.get(key.get().localPath())
              + " has it too",
          line);
    } else {
      lines.put(key.get().localPath(), line);
      resolve(key.get(), value, line);
    }
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
    return isMistaken ? '"' + shown(value) + '"' : shown(value);
  }

  private static String expected(ConfigKey key, Object value) {
    String range = key.range().words();
    String type = key.value().words();
    String words =
        range.isEmpty() ? type : key.range().choices().isEmpty() ? type + " " + range : range;
    boolean isTooLarge = value instanceof Long integer && integer > Integer.MAX_VALUE;
    return isTooLarge && key.value() == ConfigType.INTEGER && key.range().isOpenAbove()
        ? words + ", at most " + Integer.MAX_VALUE
        : words;
  }

  private void unknown(String path, int line) {
    List<String> known = ConfigKeys.all().stream().map(ConfigKey::path).toList();
    String hint =
        Spelling.closest(path, known)
            .map(best -> "did you mean " + best + "?")
            .orElse("docs/configuration.md lists every key");
    problems.add("Unknown key: " + path, hint, line);
  }

  /** A value as a message shows it. */
  static String shown(Object toml) {
    String text =
        toml instanceof TomlArray array
            ? array.toList().stream()
                .map(TomlTableReader::shown)
                .collect(Collectors.joining(", ", "[", "]"))
            : toml instanceof TomlTable ? "a table" : String.valueOf(toml);
    return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
  }
}
