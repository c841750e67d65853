package org.nbvrollouts.store.error;

/** Input was understood and breaks a rule; nothing was changed. */
public class RefusedInputException extends NbvException {
  private static final long serialVersionUID = 1L;

  public RefusedInputException(String message) {
    this(message, null);
  }

  public RefusedInputException(String message, Throwable cause) {
    super(ErrorCode.REFUSED_INPUT, message, cause);
  }
}
