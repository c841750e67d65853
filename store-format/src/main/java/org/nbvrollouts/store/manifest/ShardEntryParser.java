package org.nbvrollouts.store.manifest;

import java.util.List;

/** Reads one shard entry from JSON, with strict types (specification campaign 4.3). */
final class ShardEntryParser {
  private static final List<String> ENTRY_KEYS =
      List.of(
          "manifest_version",
          "shard_id",
          "split",
          "num_rows",
          "writer_config_hash",
          "source_manifest_hash",
          "source_cache_version",
          "split_manifest_hash",
          "source_store_dir",
          "rows");
  private static final List<String> ROW_KEYS =
      List.of(
          "order",
          "sample_index",
          "sample_key",
          "scene_id",
          "snippet_id",
          "split",
          "source_shard_id",
          "source_shard_row");

  private ShardEntryParser() {}

  /**
   * Reads an entry; what cannot be read is added to the problems of the fields.
   *
   * @param warnings gets one text per unknown key
   */
  static RolloutShardEntry parse(JsonFields fields, List<String> problems, List<String> warnings) {
    fields.constant("manifest_version", RolloutShardEntry.MANIFEST_VERSION);
    warnUnknown(fields, ENTRY_KEYS, warnings);
    List<RolloutShardRow> rows =
        fields.objects("rows").stream().map(row -> row(row, warnings)).toList();
    long declared = fields.integer("num_rows");
    if (declared != rows.size()) {
      problems.add(
          "Invalid num_rows: %d (expected %d, the number of rows)"
              .formatted(declared, rows.size()));
    }
    String id = fields.text("shard_id");
    return new RolloutShardEntry(
        ShardIds.find(id).orElse(id),
        fields.text("split"),
        new ShardInputs(
            fields.text("writer_config_hash"),
            fields.text("source_manifest_hash"),
            fields.text("source_cache_version")),
        fields.text("split_manifest_hash"),
        fields.text("source_store_dir"),
        rows);
  }

  private static RolloutShardRow row(JsonFields fields, List<String> warnings) {
    warnUnknown(fields, ROW_KEYS, warnings);
    return new RolloutShardRow(
        fields.smallInteger("order"),
        fields.integer("sample_index"),
        fields.text("sample_key"),
        fields.text("scene_id"),
        fields.text("snippet_id"),
        fields.text("split"),
        fields.text("source_shard_id"),
        fields.integer("source_shard_row"));
  }

  private static void warnUnknown(JsonFields fields, List<String> known, List<String> warnings) {
    fields.unknownKeys(known).forEach(key -> warnings.add("Unknown key: " + key));
  }
}
