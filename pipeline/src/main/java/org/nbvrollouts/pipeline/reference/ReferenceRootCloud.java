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
 * face (specification generation 6.1).
 */
public final class ReferenceRootCloud {
  private final TargetScorerConfig config;
  private final RayMeasure rays;

  /** Casts every ray against every face. */
  public ReferenceRootCloud(TargetScorerConfig config, TriangleMesh mesh) {
    this(config, mesh, LoopMode.ALL);
  }

  /** Casts rays in other loops; the result is the same to the last bit. */
  public ReferenceRootCloud(TargetScorerConfig config, TriangleMesh mesh, LoopMode loops) {
    this.config = config;
    this.rays = loops.rays(mesh);
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
    return fused(points);
  }

  /** Points that were made elsewhere, fused. */
  public List<Point3> fused(List<Point3> pointsWorld) {
    return ReferenceFusion.fuse(
        pointsWorld, config.evalFusionVoxelSizeMetres(), OptionalInt.empty());
  }

  private void addFrame(Pose12 worldFromRig, CalibratedCamera camera, List<Point3> points) {
    Pose12 pose = worldFromRig.compose(camera.rigFromCamera());
    int stride = config.backprojectionStride();
    List<Point3> directions = new ArrayList<>();
    double[] ray = new double[3];
    for (int v = 0; v < camera.height(); v += stride) {
      for (int u = 0; u < camera.width(); u += stride) {
        if (camera.isInView(u, v)) {
          camera.unproject(u, v, ray);
          directions.add(new Point3(ray[0], ray[1], ray[2]));
        }
      }
    }
    double[] distances = rays.nearest(pose, directions, Double.MIN_NORMAL, config.rootFarMetres());
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] < Double.POSITIVE_INFINITY) {
        points.add(ReferenceRays.at(pose, directions.get(i), distances[i]));
      }
    }
  }
}
