package org.nbvrollouts.store.commit;

import java.io.IOException;

/** The storage does not tell whether a marker was created; nothing may be deleted. */
public final class CommitStateUnknownException extends IOException {
  private static final long serialVersionUID = 1L;

  CommitStateUnknownException(String message, Throwable cause) {
    super(message, cause);
  }
}
