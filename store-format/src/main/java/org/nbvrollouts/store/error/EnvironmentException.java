package org.nbvrollouts.store.error;

/** Storage, disk, permission or network failed; another try may succeed. */
public final class EnvironmentException extends NbvException {
  private static final long serialVersionUID = 1L;

  public EnvironmentException(String message) {
    this(message, null);
  }

  public EnvironmentException(String message, Throwable cause) {
    super(ErrorCode.ENVIRONMENT, message, cause);
  }
}
