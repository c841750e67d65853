package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.error.RefusedInputException;

/**
 * How far detected boxes stray from the true ones.
 *
 * @param centreStdMetres standard deviation of each centre coordinate
 * @param sizeStdFraction standard deviation of each side length, relative to it
 * @param yawStdDegrees standard deviation of the heading
 * @param missProbability chance that a well seen object is missed; poorly seen ones are missed more
 *     often
 * @param confusionProbability chance that a found object carries the name of a similar class
 */
public record DetectorNoise(
    double centreStdMetres,
    double sizeStdFraction,
    double yawStdDegrees,
    double missProbability,
    double confusionProbability) {

  /** Noise of a decent indoor detector. */
  public static final DetectorNoise DEFAULT = new DetectorNoise(0.03, 0.06, 4.0, 0.08, 0.06);

  public DetectorNoise {
    requireWithin("detector centre noise", centreStdMetres, 1.0);
    requireWithin("detector size noise", sizeStdFraction, 0.5);
    requireWithin("detector yaw noise", yawStdDegrees, 90.0);
    requireWithin("detector miss probability", missProbability, 1.0);
    requireWithin("detector confusion probability", confusionProbability, 1.0);
  }

  private static void requireWithin(String name, double value, double most) {
    if (!(value >= 0 && value <= most)) {
      throw new RefusedInputException(
          "Invalid " + name + ": " + value + " (expected 0 to " + most + ")");
    }
  }
}
