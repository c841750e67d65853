package org.nbvrollouts.store.source.vin;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.nbvrollouts.store.source.InputProblems;
import org.nbvrollouts.store.source.SampleIdentity;

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
  void checkDuplicates(List<SampleIdentity> records, InputProblems snippets) {
    Map<List<Object>, Long> seen = new HashMap<>();
    for (SampleIdentity record : records) {
      unique(seen, record, List.of("sample_key", record.sampleKey()), problems);
      unique(seen, record, List.of("sample_index", record.sampleIndex()), problems);
      unique(
          seen,
          record,
          List.of("(shard_id, row)", record.sourceShardId(), record.sourceShardRow()),
          problems);
      unique(
          seen,
          record,
          List.of("(scene_id, snippet_id)", record.sceneId(), record.snippetId()),
          snippets);
    }
  }

  private void unique(
      Map<List<Object>, Long> seen,
      SampleIdentity record,
      List<Object> key,
      InputProblems problemsOfKey) {
    Long first = seen.putIfAbsent(key, record.sampleIndex());
    if (first != null) {
      problemsOfKey.add(
          "Invalid sample index: repeated %s %s (expected each once, file=%s, line=%d, first line=%d)"
              .formatted(
                  key.get(0),
                  key.subList(1, key.size()),
                  file,
                  record.sampleIndex() + 1,
                  first + 1));
    }
  }

  /** Every record lies in a shard of the manifest, and every row of a shard has a record. */
  void checkShards(List<SampleIdentity> records, VinManifest manifest) {
    Map<String, Long> rows = new LinkedHashMap<>();
    manifest.shards().forEach(shard -> rows.put(shard.shardId(), shard.numRows()));
    for (SampleIdentity record : records) {
      Long available = rows.get(record.sourceShardId());
      if (available == null) {
        add(record, "shard_id: " + record.sourceShardId(), "a shard of the manifest");
      } else if (record.sourceShardRow() >= available) {
        add(
            record,
            "row: " + record.sourceShardRow(),
            "0 to " + (available - 1) + ", shard=" + record.sourceShardId());
      }
    }
    Map<String, Long> counted =
        records.stream()
            .collect(Collectors.groupingBy(SampleIdentity::sourceShardId, Collectors.counting()));
    rows.forEach(
        (shard, expected) -> {
          long found = counted.getOrDefault(shard, 0L);
          if (found != expected) {
            problems.add(
                "Invalid sample index: %d records of %s (expected its %d rows, file=%s)"
                    .formatted(found, shard, expected, file));
          }
        });
  }

  /** The counts of the manifest are those of index, shards and splits. */
  void checkStats(
      List<SampleIdentity> records, VinManifest manifest, SortedMap<String, Integer> splits) {
    VinManifest.Stats stats = manifest.stats();
    count("num_samples", stats.samples(), records.size(), "records of the index");
    count("num_shards", stats.shards(), manifest.shards().size(), "shards of the manifest");
    count("num_train", stats.train(), splits.getOrDefault("train", 0), "rows of the split");
    count("num_val", stats.val(), splits.getOrDefault("val", 0), "rows of the split");
  }

  private void count(String key, OptionalLong stated, long actual, String what) {
    if (stated.isPresent() && stated.getAsLong() != actual) {
      problems.add(
          "Invalid VIN manifest: stats.%s: %d (expected the %d %s, index=%s)"
              .formatted(key, stated.getAsLong(), actual, what, file));
    }
  }

  private void add(SampleIdentity record, String what, String rule) {
    problems.add(
        "Invalid sample index: %s (expected %s, file=%s, line=%d)"
            .formatted(what, rule, file, record.sampleIndex() + 1));
  }
}
