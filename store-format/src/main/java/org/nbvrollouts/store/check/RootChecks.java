package org.nbvrollouts.store.check;

import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.schema.StoreSchema;

/** Phase A: root attributes and manifest (specification store 6). */
final class RootChecks {
  private final CheckContext context;

  RootChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    String version = StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION;
    if (!version.equals(context.root("schema_version"))) {
      context.fail(
          "A1",
          "",
          -1,
          "unsupported schema version %s, expected %s"
              .formatted(context.root("schema_version"), version));
    }
    if (StoreSchema.ROLLOUT_MANIFEST_FILENAME.equals(context.root("manifest_path"))) {
      context.check("A4", StoreSchema.ROLLOUT_MANIFEST_FILENAME, this::manifest);
    } else {
      context.fail("A2", "", -1, "wrong manifest path attribute " + context.root("manifest_path"));
    }
    for (String group : StoreSchema.current().groups()) {
      context.check(
          "A9",
          group,
          () -> {
            if (!context.store().hasGroup(group)) {
              context.fail("A9", group, -1, "required group is missing: " + group);
            }
          });
    }
  }

  private void manifest() {
    String path = StoreSchema.ROLLOUT_MANIFEST_FILENAME;
    Optional<byte[]> bytes = context.store().manifestBytes();
    if (bytes.isEmpty()) {
      context.fail("A3", path, -1, "required manifest is missing");
      return;
    }
    Object manifest;
    try {
      manifest = JsonParser.parseWithNonFinite(bytes.get(), path);
    } catch (InvalidContentException e) {
      context.fail("A4", path, -1, "manifest unreadable: " + e.getMessage());
      return;
    }
    hash(path, bytes.get(), manifest);
    Object versionFound = field(manifest, "manifest_version");
    if (!StoreSchema.ROLLOUT_MANIFEST_VERSION.equals(versionFound)) {
      context.fail("A7", path, -1, "unsupported manifest version " + versionFound);
    }
    Object schemaFound = field(manifest, "schema_version");
    if (!StoreSchema.ROLLOUT_ZARR_SCHEMA_VERSION.equals(schemaFound)) {
      context.fail("A8", path, -1, "manifest belongs to another schema: " + schemaFound);
    }
  }

  private void hash(String path, byte[] bytes, Object manifest) {
    if (!(context.root("manifest_sha256") instanceof String expected) || expected.isEmpty()) {
      context.fail("A5", "", -1, "hash attribute manifest_sha256 is missing");
      return;
    }
    if (!CanonicalJson.sha256Hex(bytes).equals(expected)
        && !CanonicalJson.manifestSha256(manifest).equals(expected)) {
      context.fail(
          "A6",
          path,
          -1,
          "manifest hash %s differs from the attribute %s"
              .formatted(CanonicalJson.manifestSha256(manifest), expected));
    }
  }

  static Object field(Object json, String key) {
    return json instanceof Map<?, ?> map ? map.get(key) : null;
  }
}
