package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    TomlTableReader reader = reader(root, "");
    reader.read();
    Map<String, List<ConfigTable>> lists = new TreeMap<>();
    for (String listPath : ConfigKeys.lists()) {
      Optional<TomlTableReader.Written> written = reader.list(listPath);
      lists.put(
          listPath,
          written.isPresent() ? elements(listPath, written.get()) : DefaultLists.of(listPath));
    }
    return reader.table(lists);
  }

  private List<ConfigTable> elements(String listPath, TomlTableReader.Written written) {
    List<ConfigTable> elements = new ArrayList<>();
    TomlArray items = written.value() instanceof TomlArray array ? array : null;
    int size = items == null ? 0 : items.size();
    for (int i = 0; i < size; i++) {
      if (items.get(i) instanceof TomlTable table) {
        TomlTableReader reader = reader(table, listPath);
        reader.read();
        reader.requireKeys(line(items.inputPositionOf(i)));
        elements.add(reader.table(Map.of()));
      }
    }
    if (elements.isEmpty() || elements.size() != size) {
      problems.invalid(
          listPath,
          TomlTableReader.shown(written.value()),
          "a list of at least one table, each headed [[" + listPath + "]]",
          written.line());
    }
    return elements;
  }

  private TomlTableReader reader(TomlTable table, String listPath) {
    return new TomlTableReader(table, listPath, problems, ignored);
  }

  static int line(TomlPosition position) {
    return position == null ? ConfigProblems.NO_LINE : position.line();
  }
}
