package org.nbvrollouts.store.source.vin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;
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
   * The records in line order; lines that break a rule are left out.
   *
   * @param file name for messages
   * @param problems receives every problem with its line
   */
  static List<SampleIdentity> parse(byte[] jsonLines, String file, InputProblems problems) {
    return new VinSampleIndexParser(file, problems).parse(jsonLines);
  }

  private List<SampleIdentity> parse(byte[] jsonLines) {
    List<SampleIdentity> records = new ArrayList<>();
    int start = 0;
    while (start < jsonLines.length) {
      int end = start;
      while (end < jsonLines.length && jsonLines[end] != '\n') {
        end++;
      }
      line++;
      record(Arrays.copyOfRange(jsonLines, start, end), records);
      start = end + 1;
    }
    return records;
  }

  private void record(byte[] json, List<SampleIdentity> records) {
    try {
      record(JsonParser.parseObject(json, file + ":" + line), records);
    } catch (NbvException broken) {
      problems.add(broken.getMessage());
    }
  }

  private void record(Map<String, Object> fields, List<SampleIdentity> records) {
    long before = problems.count();
    List.of("sample_index", "row").forEach(key -> checkNumber(fields, key));
    List.of("sample_key", "scene_id", "snippet_id", "split", "shard_id")
        .forEach(key -> checkText(fields, key));
    if (problems.count() > before) {
      return;
    }
    SampleIdentity record =
        new SampleIdentity(
            (Long) fields.get("sample_index"),
            (String) fields.get("sample_key"),
            (String) fields.get("scene_id"),
            (String) fields.get("snippet_id"),
            (String) fields.get("split"),
            (String) fields.get("shard_id"),
            (Long) fields.get("row"));
    if (record.sampleIndex() != line - 1) {
      add("sample_index: " + record.sampleIndex(), (line - 1) + ", the records before it");
    }
    if (!SPLITS.contains(record.split())) {
      add("split: " + record.split(), "train, val or test");
    }
    records.add(record);
  }

  private void checkNumber(Map<String, Object> fields, String key) {
    if (!(fields.get(key) instanceof Long value) || value < 0) {
      add(key + ": " + fields.get(key), "an integer of 0 or more");
    }
  }

  private void checkText(Map<String, Object> fields, String key) {
    if (!(fields.get(key) instanceof String text) || !SourceIdentifiers.isValid(text)) {
      add(key + ": " + fields.get(key), SourceIdentifiers.RULE);
    }
  }

  private void add(String what, String rule) {
    problems.add(
        "Invalid sample index: %s (expected %s, file=%s, line=%d)"
            .formatted(what, rule, file, line));
  }
}
