package org.nbvrollouts.store.rollout;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.PointCloud;

/**
 * Audit point clouds of one step in world metres.
 *
 * @param currentPoints the state inside the target crop
 * @param candidatePoints one cloud per valid candidate in shell order, or an empty list
 * @param cropPolicy crop policy name
 * @param voxelSizeMetres fusion voxel, NaN if unset
 * @param maxPoints cap used upstream
 */
public record TargetEvalCrops(
    Optional<PointCloud> currentPoints,
    List<PointCloud> candidatePoints,
    String cropPolicy,
    double voxelSizeMetres,
    int maxPoints) {

  public TargetEvalCrops {
    candidatePoints = List.copyOf(candidatePoints);
  }
}
