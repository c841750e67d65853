package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** What the seed of a component depends on (specification generation 4.6). */
public enum SeedMode {
  /** Row, target and path of the node: every node has a table of its own. */
  STATE_KEYED("state-keyed"),
  /** The component index alone, as in early stores: every node repeats the same pattern. */
  SEED_ONCE("seed-once");

  private final String key;

  SeedMode(String key) {
    this.key = key;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** The value of a configuration name; refuses other names. */
  public static SeedMode ofKey(String key) {
    for (SeedMode value : values()) {
      if (value.key.equals(key)) {
        return value;
      }
    }
    throw ConfigCheck.invalid("seed_mode", key, "state-keyed or seed-once");
  }
}
