package org.nbvrollouts.store.io;

import java.io.IOException;

/** A storage that cannot create a file on the condition that nothing is there. */
public final class ConditionalCreateException extends IOException {
  private static final long serialVersionUID = 1L;

  public ConditionalCreateException(StoreLocation file, Throwable cause) {
    super(
        "the storage cannot create a file on the condition that nothing is there (file="
            + file
            + ")",
        cause);
  }
}
