package org.nbvrollouts.pipeline.target;

/**
 * What a snippet shows of an object (specification generation 3.2).
 *
 * @param projectedAreaPixels largest clipped image box over the three cameras, px²
 * @param projectedAreaFraction that area over the normaliser
 * @param semidenseSupportCount semidense points strictly inside the object's box
 * @param evlSupportCount observed voxel centres strictly inside the object's box
 * @param effectiveSupportCount weighted sum of both counts
 */
public record TargetEvidence(
    double projectedAreaPixels,
    double projectedAreaFraction,
    int semidenseSupportCount,
    int evlSupportCount,
    double effectiveSupportCount) {}
