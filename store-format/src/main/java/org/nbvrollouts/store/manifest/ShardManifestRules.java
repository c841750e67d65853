package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * The rules of a whole manifest: every entry by itself, and entries among each other (specification
 * campaign 4.3).
 */
final class ShardManifestRules {
  private static final int SHOWN_PROBLEMS = 100;

  private final String file;
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Integer> firstLines = new HashMap<>();

  private ShardManifestRules(String file) {
    this.file = file;
  }

  /** All problems in file order; empty if the manifest is valid. */
  static List<String> problems(String file, List<ShardManifest.Line> lines) {
    ShardManifestRules rules = new ShardManifestRules(file);
    for (ShardManifest.Line line : lines) {
      line.entry().problems().forEach(problem -> rules.add(problem, line.number()));
      rules.checkUnique(line);
      rules.checkSame(line, lines.get(0));
    }
    return rules.problems;
  }

  /** Problems of an entry by itself and against the first one. */
  static List<String> problemsOfOne(
      String file, ShardManifest.Line line, ShardManifest.Line first) {
    ShardManifestRules rules = new ShardManifestRules(file);
    line.entry().problems().forEach(problem -> rules.add(problem, line.number()));
    rules.checkSame(line, first);
    return rules.problems;
  }

  /** Problems of entries that share what only one of them may have. */
  static List<String> repetitions(String file, List<ShardManifest.Line> lines) {
    ShardManifestRules rules = new ShardManifestRules(file);
    lines.forEach(rules::checkUnique);
    return rules.problems;
  }

  /** What no other entry may have, each with its kind. */
  static List<String> uniqueValues(RolloutShardEntry entry) {
    List<String> values = new ArrayList<>();
    values.add(value("shard_id", entry.shardId()));
    for (RolloutShardRow row : entry.rows()) {
      values.add(value("sample_key", row.sampleKey()));
      values.add(value("sample_index", Long.toString(row.sampleIndex())));
      values.add(value("source row", sourceRow(row)));
    }
    return values;
  }

  /** Throws with all problems, if there are any. */
  static void refuseProblems(String file, List<String> problems) {
    if (problems.isEmpty()) {
      return;
    }
    List<String> shown = problems.subList(0, Math.min(SHOWN_PROBLEMS, problems.size()));
    String rest =
        problems.size() > shown.size()
            ? "\n  … and %d more".formatted(problems.size() - shown.size())
            : "";
    throw new RefusedInputException(
        "Cannot use shard manifest: it breaks %d rule(s) (file=%s)\n  %s%s"
            .formatted(problems.size(), file, String.join("\n  ", shown), rest));
  }

  /** A problem with its place. */
  static String at(String problem, String file, int line) {
    String named = "file=" + file + ", line=" + line;
    if (problem.contains(named + ",") || problem.endsWith(named + ")")) {
      return problem;
    }
    String place = named + ")";
    return problem.endsWith(")")
        ? problem.substring(0, problem.length() - 1) + ", " + place
        : problem + " (" + place;
  }

  private void add(String problem, int line) {
    problems.add(at(problem, file, line));
  }

  private void checkUnique(ShardManifest.Line line) {
    checkUnique("shard_id", line.entry().shardId(), line.number());
    for (RolloutShardRow row : line.entry().rows()) {
      checkUnique("sample_key", row.sampleKey(), line.number());
      checkUnique("sample_index", Long.toString(row.sampleIndex()), line.number());
      checkUnique("source row", sourceRow(row), line.number());
    }
  }

  private static String sourceRow(RolloutShardRow row) {
    return row.sourceShardId() + " row " + row.sourceShardRow();
  }

  private static String value(String thing, String value) {
    return thing + '\0' + value;
  }

  private void checkUnique(String thing, String value, int line) {
    Integer first = firstLines.putIfAbsent(value(thing, value), line);
    if (first != null) {
      add("Invalid %s: %s (expected once, also in line %d)".formatted(thing, value, first), line);
    }
  }

  private void checkSame(ShardManifest.Line line, ShardManifest.Line first) {
    ShardInputs inputs = line.entry().inputs();
    ShardInputs expected = first.entry().inputs();
    checkSame(
        "writer_config_hash", inputs.writerConfigHash(), expected.writerConfigHash(), line, first);
    checkSame(
        "source_manifest_hash",
        inputs.sourceManifestHash(),
        expected.sourceManifestHash(),
        line,
        first);
    checkSame(
        "source_cache_version",
        inputs.sourceCacheVersion(),
        expected.sourceCacheVersion(),
        line,
        first);
  }

  private void checkSame(
      String key,
      String actual,
      String expected,
      ShardManifest.Line line,
      ShardManifest.Line first) {
    if (!actual.equals(expected)) {
      add(
          "Invalid %s: %s (expected %s as in line %d)"
              .formatted(key, actual, expected, first.number()),
          line.number());
    }
  }
}
