package org.nbvrollouts.store.damage;

import java.util.List;

/**
 * A parser that gets mutated inputs.
 *
 * @param name short, for reports and file names
 * @param seeds valid inputs
 * @param parser reads one input; refusing it with a message is as good as accepting it
 */
public record FuzzTarget(String name, List<byte[]> seeds, Parser parser) {

  /** Reads one input. */
  @FunctionalInterface
  public interface Parser {
    void parse(byte[] input) throws Exception;
  }

  public FuzzTarget {
    seeds = List.copyOf(seeds);
  }
}
