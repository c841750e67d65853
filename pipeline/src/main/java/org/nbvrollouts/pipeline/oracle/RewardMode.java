package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Which metric drives selection (specification generation 6.5). */
public enum RewardMode {
  /** Error removed, in units of the error at the root. */
  ROOT_NORMALIZED_GAIN("root_normalized_gain", "target_root_gain"),
  /** Error removed, in units of the error at the node. */
  STATE_RELATIVE_RRI("state_relative_rri", "target_rri");

  private final String key;
  private final String scoreLabel;

  RewardMode(String key, String scoreLabel) {
    this.key = key;
    this.scoreLabel = scoreLabel;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** Name of the metric, as stored beside every step. */
  public String scoreLabel() {
    return scoreLabel;
  }

  /** The value of a configuration name; refuses other names. */
  public static RewardMode ofKey(String key) {
    return ConfigCheck.oneOf("reward_mode", values(), RewardMode::key, key);
  }
}
