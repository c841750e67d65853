package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Which distance between a move and the mesh is tested (specification generation 4.4, G-E). */
public enum PathRule {
  /** The least over evenly spaced points of the move, both ends included. */
  SAMPLED_CLEARANCE("sampled-clearance"),
  /** The least over all points of the move; rejects more, and every move that crosses a face. */
  EXACT_CLEARANCE("exact-clearance");

  private final String key;

  PathRule(String key) {
    this.key = key;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** The value of a configuration name; refuses other names. */
  public static PathRule ofKey(String key) {
    return ConfigCheck.oneOf("path_rule", values(), PathRule::key, key);
  }
}
