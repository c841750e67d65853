package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nbvrollouts.store.source.text.TomlText;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * Reads a campaign file against the table of keys. Every problem of a file is reported at once,
 * each with file and line: syntax, unknown keys with the likely meant one, types, ranges, missing
 * keys, and keys that contradict each other.
 */
final class CampaignTomlParser {
  private final ConfigProblems problems;
  private final Set<String> ignored = new TreeSet<>();

  private CampaignTomlParser(String file) {
    problems = new ConfigProblems(file);
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
        .forEach(
            error ->
                parser.problems.add(
                    "Invalid TOML: " + error.getMessage(), "", line(error.position())));
    parser.problems.refuseIfAny();
    ConfigTable table = parser.root(parsed);
    CrossKeyRules.check(table, parser.problems);
    parser.problems.refuseIfAny();
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
    TomlTableReader reader = reader(root, "");
    reader.read();
    return reader.table(lists, ConfigProblems.NO_LINE);
  }

  private List<ConfigTable> elements(TomlTable root, String listPath) {
    if (!root.contains(listPath)) {
      return DefaultLists.of(listPath);
    }
    List<ConfigTable> elements = new ArrayList<>();
    TomlArray items = root.get(listPath) instanceof TomlArray array ? array : null;
    int size = items == null ? 0 : items.size();
    for (int i = 0; i < size; i++) {
      if (items.get(i) instanceof TomlTable table) {
        int line = line(items.inputPositionOf(i));
        TomlTableReader reader = reader(table, listPath);
        reader.read();
        reader.requireKeys(line);
        elements.add(reader.table(Map.of(), line));
      }
    }
    if (elements.isEmpty() || elements.size() != size) {
      problems.invalid(
          listPath,
          TomlTableReader.shown(root.get(listPath)),
          "a list of at least one table",
          line(root.inputPositionOf(listPath)));
    }
    return elements;
  }

  private TomlTableReader reader(TomlTable table, String listPath) {
    return new TomlTableReader(table, listPath, problems, ignored);
  }

  static int line(TomlPosition position) {
    return position == null ? ConfigProblems.NO_LINE : position.line();
  }

  /** Paths of the inner tables that hold nothing but their heading. */
  static Set<List<String>> emptyTables(TomlTable table) {
    Set<List<String>> empty = new LinkedHashSet<>(table.keyPathSet(true));
    empty.removeAll(table.keyPathSet(false));
    empty.removeIf(names -> !(table.get(names) instanceof TomlTable inner) || !inner.isEmpty());
    return empty;
  }
}
