package org.nbvrollouts.pipeline.candidate;

import java.util.List;
import java.util.OptionalLong;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;

/**
 * Identity of a rollout node, from which its random numbers follow (specification generation 4.6).
 *
 * @param path shell indices selected so far; empty at the root
 * @param replica repetition of the same node, 0 as a rule
 * @param proposalSeed takes the place of the mixture's seed in the candidate table, or empty
 */
public record NodeKey(
    String sampleKey, String targetId, List<Integer> path, int replica, OptionalLong proposalSeed) {

  public NodeKey {
    ConfigCheck.notBlank("sample key", sampleKey);
    ConfigCheck.notBlank("target id", targetId);
    path = List.copyOf(path);
  }

  /** A node whose candidate table goes by the mixture's seed. */
  public NodeKey(String sampleKey, String targetId, List<Integer> path, int replica) {
    this(sampleKey, targetId, path, replica, OptionalLong.empty());
  }

  /** The seed that this node takes instead of the mixture's, or the mixture's. */
  long seedOr(long mixtureSeed) {
    return proposalSeed.orElse(mixtureSeed);
  }

  /** Seed of the candidate table of this node. */
  long proposalSeed(long mixtureSeed) {
    return StateKeyedSeeds.proposal(seedOr(mixtureSeed), sampleKey, targetId, path, replica);
  }

  /** Seed of the choices that a recipe makes at this node. */
  public long selectionSeed(long seed, String recipeName) {
    return StateKeyedSeeds.selection(seed, recipeName, sampleKey, targetId, path);
  }
}
