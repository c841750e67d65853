package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Gates and scores of the actor-visible selector (specification generation 3.2 and 3.3).
 *
 * @param minConfidence least detector confidence
 * @param minProjectedAreaPixels least projected area, px²; asked only if {@code
 *     requireProjectedVisibility}
 * @param requireProjectedVisibility turn down rows that no camera shows
 * @param projectedAreaFullScoreFraction share of the image from which visibility is 1
 * @param missingProjectionVisibilityScore visibility of a row that no camera shows
 * @param minSupportPoints least effective support, also the support that scores 1
 * @param supportSaturationPoints effective support from which nothing is missing
 */
public record TargetEligibilityConfig(
    double minConfidence,
    double minProjectedAreaPixels,
    boolean requireProjectedVisibility,
    double projectedAreaFullScoreFraction,
    double missingProjectionVisibilityScore,
    int minSupportPoints,
    int supportSaturationPoints) {

  public TargetEligibilityConfig {
    ConfigCheck.within("min_confidence", minConfidence, 0, 1);
    ConfigCheck.atLeast("min_projected_area_pixels", minProjectedAreaPixels, 0);
    ConfigCheck.greaterThan(
        "projected_area_full_score_fraction", projectedAreaFullScoreFraction, 0);
    ConfigCheck.within(
        "missing_projection_visibility_score", missingProjectionVisibilityScore, 0, 1);
    ConfigCheck.atLeast("min_support_points", minSupportPoints, 1);
    if (supportSaturationPoints <= minSupportPoints) {
      throw ConfigCheck.invalid(
          "support_saturation_points",
          supportSaturationPoints,
          "more than min_support_points = "
              + minSupportPoints
              + ", otherwise every target scores 0");
    }
  }

  /** The defaults of the specification. */
  public static TargetEligibilityConfig defaults() {
    return new TargetEligibilityConfig(0.2, 16, false, 0.05, 0.35, 3, 128);
  }
}
