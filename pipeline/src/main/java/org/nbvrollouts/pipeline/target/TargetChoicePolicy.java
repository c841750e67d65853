package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** How targets are taken from the ranked rows (specification generation 3.4). */
public enum TargetChoicePolicy {
  /** The best rows in order of their rank. */
  GREEDY_TOP_K("greedy_top_k"),
  /** Drawn without replacement by a softmax of the scores. */
  TEMPERATURE_SOFTMAX_TOP_K("temperature_softmax_top_k");

  private final String key;

  TargetChoicePolicy(String key) {
    this.key = key;
  }

  /** Name in configuration files and stores. */
  public String key() {
    return key;
  }

  /** The value of a configuration name; refuses other names. */
  public static TargetChoicePolicy ofKey(String key) {
    return ConfigCheck.oneOf("policy", values(), TargetChoicePolicy::key, key);
  }
}
