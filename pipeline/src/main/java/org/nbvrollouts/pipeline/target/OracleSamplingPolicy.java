package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Which ground-truth boxes the oracle sampler draws from (specification generation 3.1). */
public enum OracleSamplingPolicy {
  /** Boxes that can be told apart from every other box of their table. */
  ORACLE_IDENTITY_VALID_UNIFORM("oracle_identity_valid_uniform"),
  /** Every box with valid geometry; identity is not asked. */
  UNIFORM_WITHOUT_REPLACEMENT("uniform_without_replacement");

  private final String key;

  OracleSamplingPolicy(String key) {
    this.key = key;
  }

  /** Name in configuration files and stores. */
  public String key() {
    return key;
  }

  /** The value of a configuration name; refuses other names. */
  public static OracleSamplingPolicy ofKey(String key) {
    return ConfigCheck.oneOf("policy", values(), OracleSamplingPolicy::key, key);
  }
}
