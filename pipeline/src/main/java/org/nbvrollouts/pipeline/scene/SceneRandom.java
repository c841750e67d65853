package org.nbvrollouts.pipeline.scene;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Random numbers of one named part of a scene. A part's numbers depend on the seed and the names on
 * the way to it, never on how many numbers its siblings drew. Only {@code nextDouble} of {@link
 * SplittableRandom} is used, whose stream is the one of specification generation 4.6.
 */
final class SceneRandom {
  private static final long NAME_FACTOR = 0x100000001B3L;
  private static final long NAME_OFFSET = 0xCBF29CE484222325L;

  private final long seed;
  private final SplittableRandom source;

  SceneRandom(long seed) {
    this.seed = seed;
    this.source = new SplittableRandom(seed);
  }

  /** The numbers of the part with this name. */
  SceneRandom child(String name) {
    long hash = NAME_OFFSET ^ seed;
    for (int i = 0; i < name.length(); i++) {
      hash = (hash ^ name.charAt(i)) * NAME_FACTOR;
    }
    return new SceneRandom(mix(hash));
  }

  /** The numbers of the numbered part with this name. */
  SceneRandom child(String name, int number) {
    return child(name + "-" + number);
  }

  /** Uniform in [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * source.nextDouble();
  }

  /** Uniform in 0 … bound − 1. */
  int below(int bound) {
    return Math.min(bound - 1, (int) (source.nextDouble() * bound));
  }

  boolean chance(double probability) {
    return source.nextDouble() < probability;
  }

  <T> T pick(List<T> options) {
    return options.get(below(options.size()));
  }

  /** Standard normal by the Box–Muller transform. */
  double gaussian() {
    double radius = Math.sqrt(-2 * StrictMath.log(1 - source.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * source.nextDouble());
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
