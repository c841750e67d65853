package org.nbvrollouts.store.commit;

import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.manifest.FailureKind;

/** A shard could not be built, for a known reason (specification campaign 9.7). */
public final class ShardBuildException extends NbvException {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;

  public ShardBuildException(FailureKind kind, String message) {
    this(kind, message, null);
  }

  public ShardBuildException(FailureKind kind, String message, Throwable cause) {
    super(codeOf(kind), message, cause);
    this.kind = kind;
  }

  /** Typed cause. */
  public FailureKind kind() {
    return kind;
  }

  private static ErrorCode codeOf(FailureKind kind) {
    return switch (kind) {
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
}
