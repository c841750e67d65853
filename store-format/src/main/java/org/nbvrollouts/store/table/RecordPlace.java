package org.nbvrollouts.store.table;

import org.nbvrollouts.store.error.InvalidContentException;

/** Where in the records a problem lies, for messages. */
record RecordPlace(String rolloutId, int step) {

  /**
   * A rejection of the record.
   *
   * @param reason what is wrong, with the expected rule
   */
  InvalidContentException reject(String reason) {
    return new InvalidContentException(
        "Cannot write step: %s (rollout=%s, step=%d)".formatted(reason, rolloutId, step));
  }

  /** A rejection that names a row of the shell. */
  InvalidContentException reject(String reason, int shellIndex) {
    return new InvalidContentException(
        "Cannot write candidate: %s (rollout=%s, step=%d, shell_index=%d)"
            .formatted(reason, rolloutId, step, shellIndex));
  }
}
