package org.nbvrollouts.pipeline.rollout;

import java.util.OptionalLong;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Where the random numbers of candidate tables come from (specification generation 4.6). Recipes
 * with equal streams share the tables of equal nodes.
 *
 * @param seed instead of the seed of the candidate mixture, or empty
 * @param replica repetition of the tables
 */
public record ProposalStream(OptionalLong seed, int replica) {

  /** The first tables of the candidate mixture's own seed. */
  public static final ProposalStream DEFAULT = new ProposalStream(OptionalLong.empty(), 0);

  public ProposalStream {
    seed.ifPresent(value -> ConfigCheck.atLeast("proposal_seed", value, 0));
    ConfigCheck.atLeast("proposal_replica", replica, 0);
  }
}
