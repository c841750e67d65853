package org.nbvrollouts.pipeline.replay;

import org.nbvrollouts.store.error.RefusedInputException;

/** Refusal of a configuration that replay does not cover. */
final class CannotReplay {
  private CannotReplay() {}

  static RefusedInputException because(String reason, String value) {
    return new RefusedInputException("Cannot replay: " + reason + " (value=" + value + ")");
  }
}
