package org.nbvrollouts.store.manifest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What pins the inputs of a campaign (specification campaign 2.1). The same record holds what an
 * entry expects and what a task finds.
 *
 * @param writerConfigHash 16 hex digits, or {@code cfg1:} and 16 hex digits
 * @param sourceManifestHash 16 hex digits
 * @param sourceCacheVersion version of the source format, as text
 */
public record ShardInputs(
    String writerConfigHash, String sourceManifestHash, String sourceCacheVersion)
    implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Pattern CONFIG_HASH = Pattern.compile("(?:cfg1:)?[0-9a-f]{16}");
  private static final Pattern SHORT_HASH = Pattern.compile("[0-9a-f]{16}");

  /** Every value whose form is wrong. */
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!CONFIG_HASH.matcher(writerConfigHash).matches()) {
      problems.add(
          "Invalid writer_config_hash: %s (expected 16 hex digits, with or without 'cfg1:')"
              .formatted(writerConfigHash));
    }
    if (!SHORT_HASH.matcher(sourceManifestHash).matches()) {
      problems.add(
          "Invalid source_manifest_hash: %s (expected 16 hex digits)"
              .formatted(sourceManifestHash));
    }
    if (sourceCacheVersion.isBlank()) {
      problems.add("Invalid source_cache_version: blank (expected a version)");
    }
    return problems;
  }
}
