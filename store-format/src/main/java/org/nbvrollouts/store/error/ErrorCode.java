package org.nbvrollouts.store.error;

/** Category of a failure, with the exit status of the command that meets it. */
public enum ErrorCode {
  /** A flag or argument of the command line. */
  USAGE(64),
  /** Input that breaks a rule: configuration, source, manifest, drift, tampering. */
  REFUSED_INPUT(3),
  /** Two attempts of one shard produced different data. */
  DIVERGENT(4),
  /** Content of a store, batch or transition set that breaks its contract. */
  INVALID_CONTENT(5),
  /** Storage, disk, permission or network; worth another try. */
  ENVIRONMENT(75),
  /** A mistake in this program. */
  INTERNAL(1);

  private final int exitStatus;

  ErrorCode(int exitStatus) {
    this.exitStatus = exitStatus;
  }

  /** Exit status of a command that ends with this failure. */
  public int exitStatus() {
    return exitStatus;
  }
}
