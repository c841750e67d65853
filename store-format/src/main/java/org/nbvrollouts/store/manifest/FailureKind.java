package org.nbvrollouts.store.manifest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.nbvrollouts.store.error.ErrorCode;

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

  /** Whose fault it is, which decides the exit status of the process. */
  public ErrorCode errorCode() {
    return switch (this) {
      case CONFIG_DRIFT,
          SOURCE_DRIFT,
          MANIFEST_INVALID,
          ROW_NOT_EXPOSED,
          ROW_IDENTITY_MISMATCH,
          SNIPPET_UNREADABLE,
          MESH_MISSING,
          MESH_HASH_MISMATCH,
          PUBLISH_CONFLICT ->
          ErrorCode.REFUSED_INPUT;
      case NO_RECORDS, VALIDATION_FAILED -> ErrorCode.INVALID_CONTENT;
      case OUT_OF_MEMORY, TIMEOUT, DISK_FULL, STORAGE_ERROR, COMMIT_UNKNOWN, LAUNCH_ERROR ->
          ErrorCode.ENVIRONMENT;
      case GENERATION_ERROR, INTERNAL_ERROR -> ErrorCode.INTERNAL;
    };
  }

  static Optional<FailureKind> find(String text) {
    return Arrays.stream(values()).filter(kind -> kind.text().equals(text)).findFirst();
  }
}
