package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Which rules judge a candidate, and their thresholds (specification generation 4.4 and 8).
 *
 * @param ensureFreeSpace centre must lie in the occupancy extent
 * @param enforceMotionRealism move must respect {@code motion}
 * @param motion bounds of the move
 * @param minDistanceToMesh centre must be farther than this from the mesh, metres; 0 switches off
 * @param ensureCollisionFree path must keep {@code stepClearance}
 * @param pathRule whether {@code raySubsample} points of the path are tested or all of them
 * @param raySubsample points tested on the path, both ends included
 * @param stepClearance least distance of the path to the mesh, metres; 0 switches off
 */
public record CandidateRulesConfig(
    boolean ensureFreeSpace,
    boolean enforceMotionRealism,
    MotionBounds motion,
    double minDistanceToMesh,
    boolean ensureCollisionFree,
    PathRule pathRule,
    int raySubsample,
    double stepClearance) {

  public CandidateRulesConfig {
    ConfigCheck.atLeast("min_distance_to_mesh", minDistanceToMesh, 0);
    ConfigCheck.atLeast("ray_subsample", raySubsample, 2);
    ConfigCheck.atLeast("step_clearance", stepClearance, 0);
  }

  /** Rules of the realistic mixture of June 2026. */
  public static CandidateRulesConfig juneDefault() {
    return new CandidateRulesConfig(
        true, true, MotionBounds.juneDefault(), 0.2, true, PathRule.SAMPLED_CLEARANCE, 32, 0.1);
  }
}
