package org.nbvrollouts.store.source;

import java.util.Optional;

/**
 * Detector voxel grid of a snippet; voxel centres follow from pose, extent and dimensions.
 *
 * @param worldFromVoxel pose of the grid
 * @param extent bounds in the voxel frame, metres
 * @param dims voxels along depth, height and width
 * @param counts observations per voxel, D·H·W in C order
 * @param occupancy occupied probability per voxel, or empty
 */
public record VoxelEvidence(
    Pose12 worldFromVoxel,
    AxisAlignedBox extent,
    IntColumn dims,
    IntColumn counts,
    Optional<FloatColumn> occupancy) {}
