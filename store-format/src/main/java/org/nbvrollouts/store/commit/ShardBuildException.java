package org.nbvrollouts.store.commit;

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
    super(kind.errorCode(), message, cause);
    this.kind = kind;
  }

  /** Typed cause. */
  public FailureKind kind() {
    return kind;
  }
}
