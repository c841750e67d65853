package org.nbvrollouts.pipeline.config;

import org.nbvrollouts.store.error.RefusedInputException;

/**
 * The value of a key breaks a rule. The parts of the message can be asked for, so that who read the
 * value from a file can add where it stands.
 */
public final class RefusedValueException extends RefusedInputException {
  private static final long serialVersionUID = 1L;

  private final String key;
  private final String value;
  private final String expected;

  RefusedValueException(String key, String value, String expected) {
    super("Invalid " + key + ": " + value + " (expected " + expected + ")");
    this.key = key;
    this.value = value;
    this.expected = expected;
  }

  /** Name of the key, without the tables it lies in. */
  public String key() {
    return key;
  }

  /** The refused value as messages show it. */
  public String value() {
    return value;
  }

  /** The rule in words. */
  public String expected() {
    return expected;
  }
}
