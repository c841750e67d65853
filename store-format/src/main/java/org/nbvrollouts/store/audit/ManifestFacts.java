package org.nbvrollouts.store.audit;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** What root attributes and manifest of a store say, as far as they have the known form. */
final class ManifestFacts {
  private static final List<String> PROFILES = List.of("profile", "recipe_profile", "name");

  private ManifestFacts() {}

  /** Sets the columns about attributes first, so that they stay if the manifest is unreadable. */
  static void putInto(Map<String, Object> row, RolloutZarrStoreReader store) {
    Map<String, Object> root = store.rootAttributes();
    row.put("schema_version", text(root, "schema_version"));
    row.put("schema_id", text(root, "schema_id"));
    row.put("created_at", text(root, "created_at_utc"));
    row.put("manifest_path", text(root, "manifest_path"));
    row.put("manifest_version", text(root, "manifest_version"));
    store.manifestDocument().ifPresent(manifest -> putManifest(row, manifest));
  }

  private static void putManifest(Map<String, Object> row, Object manifest) {
    row.put("manifest_schema_version", text(manifest, "schema_version"));
    Object coverage = at(manifest, "source_coverage");
    row.put("manifest_scene_count", size(at(coverage, "scene_counts")));
    row.put("manifest_split_count", size(at(coverage, "split_counts")));
    Object generation = at(manifest, "generation");
    Object config = at(generation, "writer_config");
    row.put(
        "manifest_profile",
        PROFILES.stream()
            .map(key -> text(config, key))
            .filter(profile -> profile != null && !profile.isEmpty())
            .findFirst()
            .orElse(null));
    row.put("manifest_config", stem(text(at(generation, "invocation"), "config_path")));
    // A committed shard says so itself, in its owner.
    for (String key : List.of("shard_id", "writer_config_hash", "source_manifest_hash")) {
      row.computeIfAbsent(key, unknown -> text(at(generation, "shard"), key));
    }
  }

  private static Object at(Object json, String key) {
    return json instanceof Map<?, ?> map ? map.get(key) : null;
  }

  private static String text(Object json, String key) {
    return at(json, key) instanceof String text ? text : null;
  }

  private static Integer size(Object json) {
    return json instanceof Map<?, ?> map ? (Integer) map.size() : null;
  }

  /** Name of a file without folders and without what is behind its last point. */
  private static String stem(String path) {
    if (path == null) {
      return null;
    }
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int point = name.lastIndexOf('.');
    return point <= 0 ? name : name.substring(0, point);
  }
}
