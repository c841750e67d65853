package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Keys of {@code target_selector} (specification generation 3.2 to 3.5 and 8).
 *
 * @param sourceMode which boxes may become targets
 * @param choice how many and how they are taken
 * @param eligibility gates and scores
 * @param evidence how evidence is counted
 * @param match how ground truth is found
 */
public record TargetSelectorConfig(
    TargetSourceMode sourceMode,
    TargetChoiceConfig choice,
    TargetEligibilityConfig eligibility,
    TargetEvidenceConfig evidence,
    GroundTruthMatchConfig match)
    implements TargetSourceConfig {

  public TargetSelectorConfig {
    if (eligibility.requireProjectedVisibility()) {
      checkProjectedArea(
          eligibility.minProjectedAreaPixels(), evidence.imageWidth(), evidence.imageHeight());
    }
  }

  /** Refuses an area to be seen, px², that is larger than the image. */
  public static void checkProjectedArea(
      double minProjectedAreaPixels, int imageWidth, int imageHeight) {
    double imageArea = (double) imageWidth * imageHeight;
    if (minProjectedAreaPixels > imageArea) {
      throw ConfigCheck.invalid(
          "min_projected_area_pixels",
          minProjectedAreaPixels,
          "at most the " + imageArea + " square pixels of image_width × image_height");
    }
  }

  /** The defaults of the specification: detected boxes, the three best, matched to truth. */
  public static TargetSelectorConfig defaults() {
    return new TargetSelectorConfig(
        TargetSourceMode.V1_ACTOR_VISIBLE,
        TargetChoiceConfig.defaults(),
        TargetEligibilityConfig.defaults(),
        TargetEvidenceConfig.defaults(),
        GroundTruthMatchConfig.defaults());
  }

  @Override
  public RolloutTargetSource newTargetSource() {
    return new ActorVisibleTargetSelector(this);
  }

  @Override
  public boolean isLabelled() {
    return match.matchGt();
  }

  @Override
  public void checkProtocol(String targetProtocolVersion) {
    sourceMode.checkProtocol(targetProtocolVersion);
  }
}
