package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** How raw directions are drawn in the sampling frame (specification generation 4.2, step 1). */
public enum DirectionSampling {
  /** Uniform on the unit sphere. */
  UNIFORM_SPHERE("uniform_sphere"),
  /** Power spherical about the forward axis: density proportional to (1 + cos angle)^kappa. */
  FORWARD_POWERSPHERICAL("forward_powerspherical");

  private final String key;

  DirectionSampling(String key) {
    this.key = key;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** The value of a configuration name; refuses other names. */
  public static DirectionSampling ofKey(String key) {
    return ConfigCheck.oneOf("sampling_strategy", values(), DirectionSampling::key, key);
  }
}
