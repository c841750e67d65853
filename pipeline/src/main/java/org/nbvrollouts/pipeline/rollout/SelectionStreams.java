package org.nbvrollouts.pipeline.rollout;

import java.util.function.DoubleSupplier;
import java.util.function.Function;
import org.nbvrollouts.pipeline.random.CounterRandom;

/**
 * Random numbers of the choices that one recipe makes for one target (specification generation 4.6
 * and 7.2). At a node the branch count takes a number first, if it is drawn at all, and then every
 * choice of a policy that samples takes one.
 */
final class SelectionStreams {
  private final Function<NodePath, DoubleSupplier> streams;
  private final boolean isShared;

  private SelectionStreams(Function<NodePath, DoubleSupplier> streams, boolean isShared) {
    this.streams = streams;
    this.isShared = isShared;
  }

  /** A stream per node, so that choices at a node depend on nothing else. */
  static SelectionStreams perNode(Function<NodePath, Long> seeds) {
    return new SelectionStreams(path -> new CounterRandom(seeds.apply(path)).stream(), false);
  }

  /** One stream that goes on from node to node in the order of expansion. */
  static SelectionStreams shared(long seed) {
    DoubleSupplier stream = new CounterRandom(seed).stream();
    return new SelectionStreams(path -> stream, true);
  }

  /** The numbers for a node. */
  DoubleSupplier at(NodePath path) {
    return streams.apply(path);
  }

  /** True if the numbers for a node depend on what was drawn before. */
  boolean isShared() {
    return isShared;
  }
}
