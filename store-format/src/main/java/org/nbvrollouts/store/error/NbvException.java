package org.nbvrollouts.store.error;

/** A failure with a category. The message says what could not be done, where, and the rule. */
public class NbvException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  protected NbvException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public final ErrorCode code() {
    return code;
  }
}
