package org.nbvrollouts.pipeline.candidate;

import java.util.List;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.random.StateKeyedSeeds;

/**
 * Identity of a rollout node, from which its random numbers follow (specification generation 4.6).
 *
 * @param path shell indices selected so far; empty at the root
 * @param replica repetition of the same node, 0 as a rule
 */
public record NodeKey(String sampleKey, String targetId, List<Integer> path, int replica) {

  public NodeKey {
    ConfigCheck.notBlank("sample key", sampleKey);
    ConfigCheck.notBlank("target id", targetId);
    path = List.copyOf(path);
  }

  /** Seed of the candidate table of this node. */
  long proposalSeed(long seed) {
    return StateKeyedSeeds.proposal(seed, sampleKey, targetId, path, replica);
  }

  /** Seed of the choices that a recipe makes at this node. */
  public long selectionSeed(long seed, String recipeName) {
    return StateKeyedSeeds.selection(seed, recipeName, sampleKey, targetId, path);
  }
}
