package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.policy.SelectionDraw;
import org.nbvrollouts.pipeline.policy.SelectionPolicy;

/**
 * Follows one recipe once through the nodes of a target (specification generation 7). Ask one
 * question of an engine: random numbers that were taken are gone.
 */
final class RolloutEngine {
  private final RolloutRecipeConfig recipe;
  private final NodeSource nodes;
  private final StageClock clock;
  private final SelectionPolicy policy;
  private final SelectionStreams streams;
  private final Map<NodePath, List<SelectionDraw>> drawn = new HashMap<>();

  RolloutEngine(RolloutRecipeConfig recipe, NodeSource nodes, StageClock clock) {
    this.recipe = recipe;
    this.nodes = nodes;
    this.clock = clock;
    this.policy = recipe.policy();
    this.streams = nodes.selectionStreams(recipe);
  }

  /**
   * The retained chains in frontier order. A terminated chain stays in the frontier, competes with
   * its score so far and is not tried again, because its candidates would be the same.
   *
   * @throws UnscorableTargetException if the target has no label at a node; the whole recipe is
   *     then void
   */
  List<Chain> chains() throws UnscorableTargetException {
    List<Chain> frontier = List.of(Chain.empty(recipe.proposals()));
    for (int step = 0; step < recipe.horizon(); step++) {
      List<Chain> next = new ArrayList<>();
      for (Chain chain : frontier) {
        if (chain.isTerminatedEarly()) {
          next.add(chain);
        } else {
          expand(chain, next);
        }
      }
      frontier = best(next, recipe.beamWidth());
    }
    return List.copyOf(frontier);
  }

  /**
   * What this recipe chooses at a node, in the order of choice. Where a choice depends on those
   * before it the recipe is followed from its root, and it chooses nothing at nodes that it does
   * not come to.
   */
  List<SelectionDraw> drawsAt(NodePath path) throws UnscorableTargetException {
    if (streams.isShared()) {
      chains();
    } else {
      draw(path, nodes.expansion(path));
    }
    return drawn.getOrDefault(path, List.of());
  }

  private void expand(Chain chain, List<Chain> next) throws UnscorableTargetException {
    // A node is the smallest piece of work worth throwing away when a task is told to stop.
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("Stopped");
    }
    NodeExpansion node = nodes.expansion(chain.path());
    long mark = clock.start();
    List<SelectionDraw> draws = draw(chain.path(), node);
    clock.stop(Stage.SELECTION, mark);
    if (draws.isEmpty()) {
      next.add(chain.terminated());
    }
    for (SelectionDraw draw : draws) {
      next.add(chain.extended(node, draw));
    }
  }

  private List<SelectionDraw> draw(NodePath path, NodeExpansion node) {
    if (node.validCount() == 0) {
      return List.of();
    }
    DoubleSupplier uniforms = streams.at(path);
    int branches = recipe.branching().countAt(path.shellIndices().size(), uniforms);
    List<SelectionDraw> draws = policy.select(node.selection(), branches, uniforms);
    drawn.put(path, draws);
    return draws;
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
