package org.nbvrollouts.pipeline.oracle;

import org.nbvrollouts.pipeline.geometry.PointBuffer;

/**
 * How the label of one candidate comes about (specification generation 6.5). Buffers are in world
 * metres and are not changed afterwards.
 *
 * @param before error of the current points, m²
 * @param after error of current and added points, m²
 * @param insideCrop points of the candidate in the grown target box, unfused
 * @param added points that the label counts: those in the box, fused
 * @param addedAccuracyM2 mean squared distance of the added points to the nearest kept face, 0
 *     without points
 * @param facesNearer kept faces that an added point is nearer to than every current point
 * @param faces kept faces
 */
public record ScoreExplanation(
    PointMeshError before,
    PointMeshError after,
    PointBuffer insideCrop,
    PointBuffer added,
    double addedAccuracyM2,
    int facesNearer,
    int faces) {}
