package org.nbvrollouts.store.synthetic;

import org.nbvrollouts.store.error.RefusedInputException;

/**
 * How much of everything {@link SyntheticRollouts} makes. Start from {@link #of} and add images and
 * point clouds where they matter.
 *
 * @param rows source rows, not negative
 * @param targets targets per row, at least 1
 * @param rollouts recipes per target, at least 1; each gives one record of one chain
 * @param steps steps per chain, at least 1
 * @param candidates candidates per step, at least 1
 * @param depthPx width and height of depth images, at most 4096, 0 for none
 * @param cropPoints most points of an evaluation crop, 0 for none
 */
public record SyntheticShape(
    int rows, int targets, int rollouts, int steps, int candidates, int depthPx, int cropPoints) {

  private static final int MOST_DEPTH_PX = 4096;

  public SyntheticShape {
    atLeast("rows", rows, 0);
    atLeast("targets", targets, 1);
    atLeast("rollouts", rollouts, 1);
    atLeast("steps", steps, 1);
    atLeast("candidates", candidates, 1);
    atLeast("depth_px", depthPx, 0);
    atLeast("crop_points", cropPoints, 0);
    if (depthPx > MOST_DEPTH_PX) {
      throw new RefusedInputException(
          "Invalid depth_px: %d (expected at most %d)".formatted(depthPx, MOST_DEPTH_PX));
    }
  }

  private static void atLeast(String key, int value, int least) {
    if (value < least) {
      throw new RefusedInputException(
          "Invalid %s: %d (expected at least %d)".formatted(key, value, least));
    }
  }

  /** A shape without images and point clouds. */
  public static SyntheticShape of(int rows, int targets, int rollouts, int steps, int candidates) {
    return new SyntheticShape(rows, targets, rollouts, steps, candidates, 0, 0);
  }

  /** This shape with square depth images of that size. */
  public SyntheticShape withDepth(int px) {
    return new SyntheticShape(rows, targets, rollouts, steps, candidates, px, cropPoints);
  }

  /** This shape with evaluation crops of at most that many points. */
  public SyntheticShape withCrops(int points) {
    return new SyntheticShape(rows, targets, rollouts, steps, candidates, depthPx, points);
  }

  /** Chains of the whole shape. */
  public long totalRollouts() {
    return (long) rows * targets * rollouts;
  }

  /** Steps of the whole shape. */
  public long totalSteps() {
    return totalRollouts() * steps;
  }

  /** Candidates of the whole shape. */
  public long totalCandidates() {
    return totalSteps() * candidates;
  }
}
