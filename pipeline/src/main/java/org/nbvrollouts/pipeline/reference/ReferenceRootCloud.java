package org.nbvrollouts.pipeline.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.nbvrollouts.pipeline.camera.CalibratedCamera;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * The reconstruction at the root as the logged cameras see the true mesh, every ray against every
 * face (specification generation 6.1, design D-16).
 */
public final class ReferenceRootCloud {
  private final TargetScorerConfig config;
  private final ReferenceRays rays;

  public ReferenceRootCloud(TargetScorerConfig config, TriangleMesh mesh) {
    this.config = config;
    this.rays = new ReferenceRays(mesh);
  }

  /**
   * Fused points in world metres.
   *
   * @param worldFromRig logged poses up to the root, not twisted
   * @param calibrations one per pose
   */
  public List<Point3> points(List<Pose12> worldFromRig, List<CameraCalibration> calibrations) {
    List<Point3> points = new ArrayList<>();
    for (int frame = 0; frame < worldFromRig.size(); frame++) {
      addFrame(worldFromRig.get(frame), new CalibratedCamera(calibrations.get(frame)), points);
    }
    return ReferenceFusion.fuse(points, config.evalFusionVoxelSizeMetres(), OptionalInt.empty());
  }

  private void addFrame(Pose12 worldFromRig, CalibratedCamera camera, List<Point3> points) {
    Pose12 pose = worldFromRig.compose(camera.rigFromCamera());
    int stride = config.backprojectionStride();
    double[] ray = new double[3];
    for (int v = 0; v < camera.height(); v += stride) {
      for (int u = 0; u < camera.width(); u += stride) {
        if (camera.isInView(u, v)) {
          camera.unproject(u, v, ray);
          Point3 direction = new Point3(ray[0], ray[1], ray[2]);
          double distance =
              rays.nearest(pose, direction, Double.MIN_NORMAL, config.rootFarMetres()).t();
          if (distance < Double.POSITIVE_INFINITY) {
            points.add(ReferenceRays.at(pose, direction, distance));
          }
        }
      }
    }
  }
}
