package org.nbvrollouts.pipeline.target;

import java.util.OptionalDouble;

/**
 * Why a target came at its place.
 *
 * @param policy name of the selection policy
 * @param rank position in the selection, from 0
 * @param score value the policy ranked by
 * @param draw how likely it was to be taken
 * @param temperature of sampling policies
 * @param visibility score in [0, 1]
 * @param support score in [0, 1]
 * @param deficit score in [0, 1]
 */
public record TargetScores(
    String policy,
    int rank,
    double score,
    TargetDraw draw,
    OptionalDouble temperature,
    double visibility,
    double support,
    double deficit) {}
