package org.nbvrollouts.store.source;

/**
 * Stored root evaluation cloud: what the logged frames saw, fused once (specification source 11.2).
 *
 * @param pointsWorld fused points, world metres
 * @param source name of the procedure, for example {@code ase_gt_depth_root}
 * @param stride pixel stride of the back-projection
 * @param farMetres far clip
 * @param voxelSizeMetres fusion voxel
 */
public record RootCloud(
    PointCloud pointsWorld, String source, int stride, double farMetres, double voxelSizeMetres) {}
