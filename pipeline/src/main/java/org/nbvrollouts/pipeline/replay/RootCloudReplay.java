package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.reference.LoopMode;
import org.nbvrollouts.pipeline.reference.ReferenceRootCloud;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.RootCloud;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

/** The reconstruction at the root (specification generation 6.1). */
final class RootCloudReplay {
  private RootCloudReplay() {}

  /** Fused points, world metres. */
  static List<Point3> points(
      TargetScorerConfig config,
      SourceSample sample,
      TriangleMesh mesh,
      ReplayedRoot root,
      LoopMode loops) {
    ReferenceRootCloud cloud = new ReferenceRootCloud(config, mesh, loops);
    return switch (config.evalPointCloudSource()) {
      case AUTO ->
          sample.oracle().rootCloud().isPresent()
              ? cloud.fused(stored(sample))
              : rendered(cloud, sample, root);
      case ASE_GT_DEPTH_ROOT -> cloud.fused(stored(sample));
      case RENDERED_LOGGED_DEPTH_ROOT -> rendered(cloud, sample, root);
      case LEGACY_SEMIDENSE_ROOT -> cloud.fused(list(sample.actor().points().pointsWorld()));
    };
  }

  private static List<Point3> stored(SourceSample sample) {
    return list(
        sample
            .oracle()
            .rootCloud()
            .map(RootCloud::pointsWorld)
            .orElseThrow(
                () ->
                    new RefusedInputException(
                        "Cannot replay: the row has no root cloud (sample="
                            + sample.identity().sampleKey()
                            + ")")));
  }

  private static List<Point3> rendered(
      ReferenceRootCloud cloud, SourceSample sample, ReplayedRoot root) {
    return cloud.points(
        sample.actor().trajectory().worldFromRig().subList(0, root.frames()),
        sample.actor().calibrations().subList(0, root.frames()));
  }

  private static List<Point3> list(PointCloud cloud) {
    List<Point3> points = new ArrayList<>();
    for (int i = 0; i < cloud.size(); i++) {
      points.add(new Point3(cloud.x(i), cloud.y(i), cloud.z(i)));
    }
    return points;
  }
}
