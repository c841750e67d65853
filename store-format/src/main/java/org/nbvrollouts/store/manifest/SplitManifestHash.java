package org.nbvrollouts.store.manifest;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Hash over source manifest hash, split and ordered rows: the first 16 hex digits of the SHA-256 of
 * compact JSON (specification source 9.3). The order of the rows counts.
 */
final class SplitManifestHash {
  private static final int HASH_DIGITS = 16;

  private SplitManifestHash() {}

  /** The hash of rows exactly as they are, whatever their {@code order} values. */
  static String of(String sourceManifestHash, String split, List<RolloutShardRow> rows) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("source_manifest_hash", sourceManifestHash);
    value.put("split", split);
    value.put("records", rows.stream().map(RolloutShardRow::toJson).toList());
    byte[] text = CanonicalJson.compact(value).getBytes(StandardCharsets.UTF_8);
    return CanonicalJson.sha256Hex(text).substring(0, HASH_DIGITS);
  }
}
