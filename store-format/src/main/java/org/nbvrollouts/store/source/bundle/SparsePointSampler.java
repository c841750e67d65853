package org.nbvrollouts.store.source.bundle;

import java.util.List;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Supplies semidense points for scenes that come without them: points of the mesh that a snippet's
 * cameras see (design 4). Implementations cast rays and must be deterministic.
 */
@FunctionalInterface
public interface SparsePointSampler {
  /** Prepares a mesh once for all snippets of its scene. The mesh is in world metres, z up. */
  SceneSampler prepare(TriangleMesh mesh);

  /** Samples one snippet after another of a prepared scene. */
  @FunctionalInterface
  interface SceneSampler {
    /**
     * Points that at least one camera of the snippet sees.
     *
     * @param trajectory raw rig poses (x down, y left, z forward), world←rig
     * @param calibrations one per pose
     * @param sampleKey stable key of the snippet, the seed of anything random
     * @return finite world points in an order that does not favour a region, possibly none
     */
    SparsePoints sample(
        PoseTrajectory trajectory, List<CameraCalibration> calibrations, String sampleKey);
  }
}
