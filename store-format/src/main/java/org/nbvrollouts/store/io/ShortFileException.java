package org.nbvrollouts.store.io;

import java.io.EOFException;

/** A file is shorter than the range that was asked for; a lost connection is something else. */
final class ShortFileException extends EOFException {
  private static final long serialVersionUID = 1L;

  ShortFileException(StoreLocation file, long expected, EOFException cause) {
    super("Cannot read file: it ends too early (file=%s, expected=%d)".formatted(file, expected));
    initCause(cause);
  }
}
