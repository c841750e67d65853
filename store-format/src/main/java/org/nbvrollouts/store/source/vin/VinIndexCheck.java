package org.nbvrollouts.store.source.vin;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.nbvrollouts.store.source.InputProblems;

/** Index against manifest: duplicates (rule S-2) and counts (rule S-10). */
final class VinIndexCheck {
  private final String file;
  private final InputProblems problems;

  VinIndexCheck(String file, InputProblems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * Repeated keys, indices and places become problems.
   *
   * @param snippets receives repeated (scene, snippet) pairs
   */
  void checkDuplicates(List<VinIndexLine> lines, InputProblems snippets) {
    unique(lines, List.of("sample_key"), problems);
    unique(lines, List.of("sample_index"), problems);
    unique(lines, List.of("shard_id", "row"), problems);
    unique(lines, List.of("scene_id", "snippet_id"), snippets);
  }

  private void unique(List<VinIndexLine> lines, List<String> keys, InputProblems problemsOfKey) {
    Map<List<Object>, Integer> seen = new HashMap<>();
    for (VinIndexLine line : lines) {
      if (!line.fields().keySet().containsAll(keys)) {
        continue;
      }
      List<Object> values = keys.stream().map(line.fields()::get).toList();
      Integer first = seen.putIfAbsent(values, line.line());
      if (first != null) {
        String name = keys.size() == 1 ? keys.get(0) : "(" + String.join(", ", keys) + ")";
        problemsOfKey.add(
            "Invalid sample index: repeated %s %s (expected each once, file=%s, line=%d, first line=%d)"
                .formatted(name, values, file, line.line(), first));
      }
    }
  }

  /** Every record lies in a shard of the manifest, and every row of a shard has a record. */
  void checkShards(List<VinIndexLine> lines, VinManifest manifest) {
    Map<String, Long> rows = new LinkedHashMap<>();
    manifest.shards().forEach(shard -> rows.put(shard.shardId(), shard.numRows()));
    Map<String, Long> counted = new HashMap<>();
    for (VinIndexLine line : lines) {
      line.text("shard_id")
          .ifPresent(
              shard -> {
                counted.merge(shard, 1L, Long::sum);
                checkPlace(line, shard, rows.get(shard));
              });
    }
    long elsewhere = lines.size() - counted.values().stream().mapToLong(Long::longValue).sum();
    rows.forEach(
        (shard, expected) -> {
          long found = counted.getOrDefault(shard, 0L);
          // Lines that name no shard may belong to any.
          if (found > expected || found + elsewhere < expected) {
            problems.add(
                "Invalid sample index: %d records of %s (expected its %d rows, file=%s)"
                    .formatted(found, shard, expected, file));
          }
        });
  }

  private void checkPlace(VinIndexLine line, String shard, Long available) {
    if (available == null) {
      add(line, "shard_id: " + shard, "a shard of the manifest");
      return;
    }
    line.number("row")
        .filter(row -> row >= available)
        .ifPresent(row -> add(line, "row: " + row, "0 to " + (available - 1) + ", shard=" + shard));
  }

  /** The counts of the manifest are those of index, shards and splits. */
  void checkStats(
      List<VinIndexLine> lines, VinManifest manifest, SortedMap<String, Integer> splits) {
    VinManifest.Stats stats = manifest.stats();
    count("num_samples", stats.samples(), lines.size(), "records of the index");
    count("num_shards", stats.shards(), manifest.shards().size(), "shards of the manifest");
    if (splits.containsKey("train")) {
      count("num_train", stats.train(), splits.get("train"), "rows of the split");
    }
    if (splits.containsKey("val")) {
      count("num_val", stats.val(), splits.get("val"), "rows of the split");
    }
  }

  private void count(String key, OptionalLong stated, long actual, String what) {
    if (stated.isPresent() && stated.getAsLong() != actual) {
      problems.add(
          "Invalid VIN manifest: stats.%s: %d (expected the %d %s, index=%s)"
              .formatted(key, stated.getAsLong(), actual, what, file));
    }
  }

  private void add(VinIndexLine line, String what, String rule) {
    problems.add(
        "Invalid sample index: %s (expected %s, file=%s, line=%d)"
            .formatted(what, rule, file, line.line()));
  }
}
