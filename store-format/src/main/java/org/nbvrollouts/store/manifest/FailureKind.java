package org.nbvrollouts.store.manifest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Typed cause of a failed attempt (specification campaign 9.7). */
public enum FailureKind {
  CONFIG_DRIFT,
  SOURCE_DRIFT,
  MANIFEST_INVALID,
  ROW_NOT_EXPOSED,
  ROW_IDENTITY_MISMATCH,
  SNIPPET_UNREADABLE,
  MESH_MISSING,
  MESH_HASH_MISMATCH,
  NO_RECORDS,
  GENERATION_ERROR,
  OUT_OF_MEMORY,
  TIMEOUT,
  VALIDATION_FAILED,
  DISK_FULL,
  STORAGE_ERROR,
  PUBLISH_CONFLICT,
  COMMIT_UNKNOWN,
  LAUNCH_ERROR,
  INTERNAL_ERROR;

  /** Value of {@code failure_kind}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether another try without any change may succeed. */
  public boolean isRetriable() {
    return switch (this) {
      case OUT_OF_MEMORY, TIMEOUT, STORAGE_ERROR, COMMIT_UNKNOWN, LAUNCH_ERROR -> true;
      case CONFIG_DRIFT,
          SOURCE_DRIFT,
          MANIFEST_INVALID,
          ROW_NOT_EXPOSED,
          ROW_IDENTITY_MISMATCH,
          SNIPPET_UNREADABLE,
          MESH_MISSING,
          MESH_HASH_MISMATCH,
          NO_RECORDS,
          GENERATION_ERROR,
          VALIDATION_FAILED,
          DISK_FULL,
          PUBLISH_CONFLICT,
          INTERNAL_ERROR ->
          false;
    };
  }

  static Optional<FailureKind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
