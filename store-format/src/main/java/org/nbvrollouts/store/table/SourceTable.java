package org.nbvrollouts.store.table;

import java.util.HashMap;
import java.util.Map;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RolloutLineage;

/**
 * Rows of {@code sources}: the first chain of a source row creates it (specification store 4.6).
 */
final class SourceTable {
  private final TableRows rows;
  private final Dictionaries dictionaries;
  private final Map<Long, Facts> known = new HashMap<>();

  SourceTable(TableRows rows, Dictionaries dictionaries) {
    this.rows = rows;
    this.dictionaries = dictionaries;
  }

  private record Facts(
      long sampleIndex,
      String sampleKey,
      String sceneId,
      String snippetId,
      String split,
      String cacheVersion,
      String sourceManifestHash,
      String splitManifestHash,
      String shardId,
      long shardRow) {

    static Facts of(RolloutLineage lineage) {
      return new Facts(
          indexOf(lineage),
          IdentifierCompaction.compactOrEmpty(lineage.sourceSampleKey()),
          Dictionaries.orEmpty(lineage.sceneId()),
          IdentifierCompaction.compactOrEmpty(lineage.snippetId()),
          Dictionaries.splitName(lineage),
          lineage.sourceCacheVersion(),
          lineage.sourceOfflineStoreManifestHash(),
          lineage.splitManifestHash(),
          Dictionaries.orEmpty(lineage.sourceShardId()),
          lineage.sourceShardRow() == null ? -1 : lineage.sourceShardRow());
    }
  }

  private static long indexOf(RolloutLineage lineage) {
    return lineage.sourceSampleIndex() == null
        ? lineage.sourceRowId()
        : lineage.sourceSampleIndex();
  }

  /** Adds the source row of a chain, or checks that it agrees with the one that is there. */
  void add(RolloutLineage lineage, String rolloutId) {
    Facts facts = Facts.of(lineage);
    Facts first = known.putIfAbsent(lineage.sourceRowId(), facts);
    if (first == null) {
      write(lineage.sourceRowId(), facts);
    } else if (!first.equals(facts)) {
      throw new InvalidContentException(
          "Cannot write rollout: conflicting source lineage (rollout=%s, source_row_id=%d, first=%s, second=%s)"
              .formatted(rolloutId, lineage.sourceRowId(), first, facts));
    }
  }

  private void write(long sourceRowId, Facts facts) {
    rows.set("source_row_id", sourceRowId)
        .set("sample_index", facts.sampleIndex())
        .set("sample_key_id", dictionaries.id("source_key", facts.sampleKey()))
        .set("scene_id", dictionaries.id("scene", facts.sceneId()))
        .set("snippet_id", dictionaries.id("snippet", facts.snippetId()))
        .set("split_id", dictionaries.id("split", facts.split()))
        .set("source_cache_version_id", dictionaries.id("config", facts.cacheVersion()))
        .set(
            "source_offline_store_manifest_hash_id",
            dictionaries.id("config", facts.sourceManifestHash()))
        .set("split_manifest_hash_id", dictionaries.id("config", facts.splitManifestHash()))
        .set("source_shard_id", dictionaries.id("source_shard", facts.shardId()))
        .set("source_shard_row", facts.shardRow())
        .endRow();
  }
}
