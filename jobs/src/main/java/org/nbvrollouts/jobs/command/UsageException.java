package org.nbvrollouts.jobs.command;

import java.util.function.Supplier;
import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.RefusedInputException;

/** A flag whose value breaks a rule. */
final class UsageException extends NbvException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(ErrorCode.USAGE, message, null);
  }

  /** A value that comes from flags alone, so that a refusal is a mistake of the command line. */
  static <T> T ofFlags(Supplier<T> value) {
    try {
      return value.get();
    } catch (RefusedInputException refused) {
      throw new UsageException(refused.getMessage());
    }
  }
}
