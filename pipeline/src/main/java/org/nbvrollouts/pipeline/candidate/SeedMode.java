package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;

/**
 * What the random numbers of candidate tables and of choices depend on (specification generation
 * 4.6).
 */
public enum SeedMode {
  /** Row, target and path of the node: every node has a table and choices of its own. */
  STATE_KEYED("state-keyed", StateKeyedSeeds.RULE),
  /**
   * As in early stores: a table depends on the component index alone, so that every node repeats
   * the same pattern, and the choices of a recipe go on with one stream from node to node.
   */
  SEED_ONCE("seed-once", "seed-once");

  private final String key;
  private final String rule;

  SeedMode(String key, String rule) {
    this.key = key;
    this.rule = rule;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** Name of the rule in lineage (specification generation 7.7). */
  public String rule() {
    return rule;
  }

  /** The value of a configuration name; refuses other names. */
  public static SeedMode ofKey(String key) {
    return ConfigCheck.oneOf("seed_mode", values(), SeedMode::key, key);
  }
}
