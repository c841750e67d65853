package org.nbvrollouts.store.commit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.manifest.FailureKind;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardInputs;

/** S0: the entry is consistent and its inputs are what the task finds (campaign 9.4). */
final class InputDrift {
  private static final String CONFIG_KEY = "writer_config_hash";

  private final RolloutShardEntry entry;
  private final ShardInputs found;
  private final Map<String, String> observed = new LinkedHashMap<>();

  InputDrift(RolloutShardEntry entry, ShardInputs found) {
    this.entry = entry;
    this.found = found;
    observe(CONFIG_KEY, entry.writerConfigHash(), found.writerConfigHash());
    observe("source_manifest_hash", entry.sourceManifestHash(), found.sourceManifestHash());
    observe("source_cache_version", entry.sourceCacheVersion(), found.sourceCacheVersion());
  }

  /** Values that differ from the entry, by key. */
  Map<String, String> observed() {
    return observed;
  }

  void check() throws AttemptStoppedException {
    List<String> problems = entry.problems();
    if (!problems.isEmpty()) {
      throw AttemptStoppedException.refused(
          FailureKind.MANIFEST_INVALID, String.join("; ", problems), List.of());
    }
    if (!observed.isEmpty()) {
      boolean config = observed.containsKey(CONFIG_KEY);
      throw AttemptStoppedException.refused(
          config ? FailureKind.CONFIG_DRIFT : FailureKind.SOURCE_DRIFT,
          "Cannot build shard: %s changed since planning (shard=%s, expected=%s, found=%s);"
                  .formatted(
                      config ? "the configuration" : "the source",
                      entry.shardId(),
                      entry.inputs(),
                      found)
              + " plan again into a new folder",
          List.of());
    }
  }

  private void observe(String key, String expected, String actual) {
    if (!expected.equals(actual)) {
      observed.put(key, actual);
    }
  }
}
