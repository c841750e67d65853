package org.nbvrollouts.store.source.vin;

import java.util.Optional;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.VoxelEvidence;

/**
 * What an actor may see of a row of a VIN offline store (specification source 7.2). Everything is
 * absent where the shard has no such block, or the row only the zeros or NaN that fill it up.
 *
 * @param trajectory valid poses, with times if there is one for each
 * @param referencePoseWorldRig pose for relative target poses
 * @param worldFromSnippet frame of boxes, from version 8
 * @param gravityWorld gravity, world frame
 * @param points collapsed semidense points, finite ones in order
 * @param detected detected boxes
 * @param voxels detector voxel evidence
 */
record VinActorEvidence(
    Optional<PoseTrajectory> trajectory,
    Optional<Pose12> referencePoseWorldRig,
    Optional<Pose12> worldFromSnippet,
    Optional<Point3> gravityWorld,
    SparsePoints points,
    Optional<VinBoxes> detected,
    Optional<VoxelEvidence> voxels) {}
