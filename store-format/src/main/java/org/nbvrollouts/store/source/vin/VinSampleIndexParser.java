package org.nbvrollouts.store.source.vin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.rollout.SourceIdentifiers;

/** Reads {@code sample_index.jsonl} of a VIN offline store (specification source 5). */
final class VinSampleIndexParser {
  static final String FILE_NAME = "sample_index.jsonl";

  private static final Set<String> SPLITS = Set.of("train", "val", "test");

  private final String file;
  private final InputProblems problems;
  private int line;

  private VinSampleIndexParser(String file, InputProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * All lines in order, each with the fields that keep their rule.
   *
   * @param file name for messages
   * @param problems receives every problem with its line
   */
  static List<VinIndexLine> parse(byte[] jsonLines, String file, InputProblems problems) {
    return new VinSampleIndexParser(file, problems).parse(jsonLines);
  }

  private List<VinIndexLine> parse(byte[] jsonLines) {
    List<VinIndexLine> lines = new ArrayList<>();
    int start = 0;
    while (start < jsonLines.length) {
      int end = start;
      while (end < jsonLines.length && jsonLines[end] != '\n') {
        end++;
      }
      line++;
      lines.add(new VinIndexLine(line, fields(Arrays.copyOfRange(jsonLines, start, end))));
      start = end + 1;
    }
    return lines;
  }

  private Map<String, Object> fields(byte[] json) {
    Map<String, Object> kept = new HashMap<>();
    try {
      Map<String, Object> found = JsonParser.parseLine(json, file, line);
      VinIndexLine.NUMBERS.forEach(key -> number(found, key, kept));
      VinIndexLine.TEXTS.forEach(key -> text(found, key, kept));
    } catch (NbvException broken) {
      problems.add(broken.getMessage());
    }
    return kept;
  }

  private void number(Map<String, Object> found, String key, Map<String, Object> kept) {
    if (!(found.get(key) instanceof Long value) || value < 0) {
      add(key + ": " + found.get(key), "an integer of 0 or more");
    } else if (key.equals("sample_index") && value != line - 1) {
      add(key + ": " + value, (line - 1) + ", the records before it");
      kept.put(key, value);
    } else {
      kept.put(key, value);
    }
  }

  private void text(Map<String, Object> found, String key, Map<String, Object> kept) {
    if (!(found.get(key) instanceof String value) || !SourceIdentifiers.isValid(value)) {
      add(key + ": " + found.get(key), SourceIdentifiers.RULE);
    } else if (key.equals("split") && !SPLITS.contains(value)) {
      add(key + ": " + value, "train, val or test");
    } else {
      kept.put(key, value);
    }
  }

  private void add(String what, String rule) {
    problems.add(
        "Invalid sample index: %s (expected %s, file=%s, line=%d)"
            .formatted(what, rule, file, line));
  }
}
