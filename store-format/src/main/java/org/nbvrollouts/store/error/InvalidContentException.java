package org.nbvrollouts.store.error;

/** Content that should be valid is not. */
public final class InvalidContentException extends NbvException {
  private static final long serialVersionUID = 1L;

  public InvalidContentException(String message) {
    this(message, null);
  }

  public InvalidContentException(String message, Throwable cause) {
    super(ErrorCode.INVALID_CONTENT, message, cause);
  }
}
