package org.nbvrollouts.jobs.origin;

import org.nbvrollouts.store.error.RefusedInputException;

/** Refusal of what is not that which a store was made from. */
final class Mismatch {
  private Mismatch() {}

  /**
   * Does nothing if both are equal.
   *
   * @param place keys and values that say where both were found
   */
  static void refuse(String what, Object stored, Object found, String place) {
    if (!stored.equals(found)) {
      throw new RefusedInputException(
          "Cannot trace store: the %s is not the one it was made from (stored=%s, found=%s, %s)"
              .formatted(what, stored, found, place));
    }
  }
}
