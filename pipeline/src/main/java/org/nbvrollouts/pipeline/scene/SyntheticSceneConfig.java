package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.error.RefusedInputException;

/**
 * What to generate. Two equal configurations give the same scenes on every machine.
 *
 * @param scenes number of homes
 * @param seed seed of everything random
 * @param snippetsPerScene snippets cut from each walk, spread evenly over it
 * @param posesPerSnippet consecutive poses of one snippet, at {@link #FRAME_RATE_HZ}
 * @param pointsPerSnippet sparse points sampled per snippet
 * @param minTriangles fewest triangles of a home
 * @param maxTriangles most triangles of a home
 * @param detectorNoise errors of the detected boxes
 */
public record SyntheticSceneConfig(
    int scenes,
    long seed,
    int snippetsPerScene,
    int posesPerSnippet,
    int pointsPerSnippet,
    int minTriangles,
    int maxTriangles,
    DetectorNoise detectorNoise) {

  /** Poses per second of a walk. */
  public static final int FRAME_RATE_HZ = 10;

  /** Lower bound of triangles unless another one is asked for; any home can be built with twice. */
  public static final int TRIANGLE_FLOOR = 20_000;

  /** Least lower bound that may be asked for; large homes then have more than the upper one. */
  public static final int LEAST_TRIANGLES = 10_000;

  private static final int SCENE_LIMIT = 1_000_000;

  public SyntheticSceneConfig {
    requireWithin("number of scenes", scenes, 1, SCENE_LIMIT);
    requireWithin("snippets per scene", snippetsPerScene, 1, 1_000);
    requireWithin("poses per snippet", posesPerSnippet, 2, 1_000);
    requireWithin("points per snippet", pointsPerSnippet, 100, 1_000_000);
    requireWithin("lower triangle bound", minTriangles, LEAST_TRIANGLES, 2_000_000);
    requireWithin("upper triangle bound", maxTriangles, 2 * minTriangles, 4_000_000);
  }

  /** The default home: 4 snippets of 20 poses, 10,000 points each, 20k to 200k triangles. */
  public static SyntheticSceneConfig of(int scenes, long seed) {
    return new SyntheticSceneConfig(
        scenes, seed, 4, 20, 10_000, TRIANGLE_FLOOR, 200_000, DetectorNoise.DEFAULT);
  }

  public SyntheticSceneConfig withSnippetsPerScene(int count) {
    return new SyntheticSceneConfig(
        scenes,
        seed,
        count,
        posesPerSnippet,
        pointsPerSnippet,
        minTriangles,
        maxTriangles,
        detectorNoise);
  }

  public SyntheticSceneConfig withPosesPerSnippet(int count) {
    return new SyntheticSceneConfig(
        scenes,
        seed,
        snippetsPerScene,
        count,
        pointsPerSnippet,
        minTriangles,
        maxTriangles,
        detectorNoise);
  }

  public SyntheticSceneConfig withPointsPerSnippet(int count) {
    return new SyntheticSceneConfig(
        scenes,
        seed,
        snippetsPerScene,
        posesPerSnippet,
        count,
        minTriangles,
        maxTriangles,
        detectorNoise);
  }

  /** Bounds of the triangle count; the upper one must be at least twice the lower one. */
  public SyntheticSceneConfig withTriangles(int min, int max) {
    return new SyntheticSceneConfig(
        scenes, seed, snippetsPerScene, posesPerSnippet, pointsPerSnippet, min, max, detectorNoise);
  }

  private static void requireWithin(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new RefusedInputException(
          "Invalid " + name + ": " + value + " (expected " + least + " to " + most + ")");
    }
  }
}
