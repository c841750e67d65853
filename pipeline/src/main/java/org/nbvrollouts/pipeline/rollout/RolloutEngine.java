package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.SelectionDraw;
import org.nbvrollouts.pipeline.policy.SelectionPolicy;
import org.nbvrollouts.pipeline.random.CounterRandom;

/** Follows one recipe through the nodes of a target (specification generation 7). */
final class RolloutEngine {
  private final RolloutRecipeConfig recipe;
  private final SelectionPolicy policy;
  private final StageClock clock;

  RolloutEngine(RolloutRecipeConfig recipe, StageClock clock) {
    this.recipe = recipe;
    this.policy = recipe.policy();
    this.clock = clock;
  }

  /**
   * The retained chains in frontier order. A terminated chain stays in the frontier, competes with
   * its score so far and is not tried again, because its candidates would be the same.
   *
   * @throws UnscorableTargetException if the target has no label at a node; the whole recipe is
   *     then void
   */
  List<Chain> run(NodeSource nodes) throws UnscorableTargetException {
    List<Chain> frontier = List.of(Chain.empty(recipe.proposalReplica()));
    for (int step = 0; step < recipe.horizon(); step++) {
      List<Chain> next = new ArrayList<>();
      for (Chain chain : frontier) {
        if (chain.isTerminatedEarly()) {
          next.add(chain);
        } else {
          expand(chain, nodes, next);
        }
      }
      frontier = best(next, recipe.beamWidth());
    }
    return List.copyOf(frontier);
  }

  private void expand(Chain chain, NodeSource nodes, List<Chain> next)
      throws UnscorableTargetException {
    // A node is the smallest piece of work worth throwing away when a task is told to stop.
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Stopped");
    }
    NodeExpansion node = nodes.expansion(chain.path());
    long mark = clock.start();
    List<SelectionDraw> draws = draws(chain.path(), nodes, node);
    clock.stop(Stage.SELECTION, mark);
    if (draws.isEmpty()) {
      next.add(chain.terminated());
    }
    for (SelectionDraw draw : draws) {
      next.add(chain.extended(node, draw));
    }
  }

  /** What this recipe chooses at a node, in the order of choice. */
  List<SelectionDraw> draws(NodePath path, NodeSource nodes, NodeExpansion node) {
    if (node.validCount() == 0) {
      return List.of();
    }
    long seed = nodes.selectionSeed(path, recipe);
    DoubleSupplier uniforms = new CounterRandom(seed).stream();
    int branches = recipe.branching().countAt(path.shellIndices().size(), uniforms);
    return policy.select(node.scores().toArray(), branches, uniforms);
  }

  /** The {@code width} best chains by cumulative score; ties keep their order. */
  static List<Chain> best(List<Chain> chains, OptionalInt width) {
    if (width.isEmpty() || chains.size() <= width.getAsInt()) {
      return chains;
    }
    return chains.stream()
        .sorted(Comparator.comparingDouble(Chain::cumulativeScore).reversed())
        .limit(width.getAsInt())
        .toList();
  }
}
