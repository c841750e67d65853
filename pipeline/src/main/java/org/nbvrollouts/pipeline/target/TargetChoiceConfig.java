package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * How many rows become targets and how they are taken (specification generation 3.4).
 *
 * @param k targets at most
 * @param policy greedy or drawn
 * @param seed of the draw
 * @param temperature of the softmax, in units of the score
 */
public record TargetChoiceConfig(int k, TargetChoicePolicy policy, long seed, double temperature) {

  public TargetChoiceConfig {
    ConfigCheck.atLeast("k", k, 1);
    ConfigCheck.atLeast("seed", seed, 0);
    ConfigCheck.greaterThan("temperature", temperature, 0);
  }

  /** The three best rows. */
  public static TargetChoiceConfig defaults() {
    return new TargetChoiceConfig(3, TargetChoicePolicy.GREEDY_TOP_K, 0, 1);
  }
}
