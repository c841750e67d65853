package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * How evidence of a target is counted (specification generation 3.2 and 8).
 *
 * @param imageWidth clip of projected boxes, pixels
 * @param imageHeight clip of projected boxes, pixels
 * @param projectedAreaNormalizerPixels area that counts as 1, px²
 * @param evlSupportWeight weight of a voxel against a semidense point
 * @param obbSupportScale scale of the box about the object origin
 * @param maxSupportPoints points and voxels examined at most, in source order
 */
public record TargetEvidenceConfig(
    int imageWidth,
    int imageHeight,
    double projectedAreaNormalizerPixels,
    double evlSupportWeight,
    double obbSupportScale,
    int maxSupportPoints) {

  public TargetEvidenceConfig {
    ConfigCheck.atLeast("image_width", imageWidth, 1);
    ConfigCheck.atLeast("image_height", imageHeight, 1);
    ConfigCheck.greaterThan("projected_area_normalizer_pixels", projectedAreaNormalizerPixels, 0);
    ConfigCheck.atLeast("evl_support_weight", evlSupportWeight, 0);
    ConfigCheck.greaterThan("obb_support_scale", obbSupportScale, 0);
    ConfigCheck.atLeast("max_support_points", maxSupportPoints, 1);
  }

  /** 240×240 images, equal weights, unscaled boxes, 20,000 points. */
  public static TargetEvidenceConfig defaults() {
    return new TargetEvidenceConfig(240, 240, 57_600, 1, 1, 20_000);
  }
}
