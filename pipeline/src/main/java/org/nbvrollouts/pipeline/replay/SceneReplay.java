package org.nbvrollouts.pipeline.replay;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.reference.LoopMode;
import org.nbvrollouts.pipeline.reference.ReferenceClearance;
import org.nbvrollouts.pipeline.reference.ReferenceCrops;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.pipeline.reference.ReferenceOracle;
import org.nbvrollouts.pipeline.reference.ReferenceViews;
import org.nbvrollouts.pipeline.rollout.RolloutGenerationConfig;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.TriangleMesh;

/** What the targets of one row share: root, mesh, cameras (specification generation 5 and 6). */
public final class SceneReplay {
  private final RolloutGenerationConfig config;
  private final SourceSample sample;
  private final ReplayedRoot root;
  private final List<Point3> rootCloud;
  private final AxisAlignedBox snippetBounds;
  private final ShellReplay shells;
  private final ReferenceViews views;
  private final PinholeCamera calibrated;
  private final ReferenceOracle oracle;

  /** Builds the root of a row; this renders its logged frames. */
  public SceneReplay(RolloutGenerationConfig config, SourceSample sample, TriangleMesh mesh) {
    TargetScorerConfig scorer = config.targetScorer();
    this.config = config;
    this.sample = sample;
    this.root = ReplayedRoot.of(sample, config.candidateMixture().base().referenceFrameIndex());
    this.rootCloud = RootCloudReplay.points(scorer, sample, mesh, root, LoopMode.GROUPED);
    this.snippetBounds = bounds(sample);
    this.shells =
        new ShellReplay(
            config.candidateMixture(),
            new RuleReplay(
                config.candidateMixture().base().rules(),
                sample.actor().occupancyExtent(),
                new ReferenceClearance(mesh)));
    this.calibrated = PinholeCamera.of(sample.actor().calibrations().get(0));
    this.views =
        new ReferenceViews(
            mesh,
            scoring(scorer.depth()),
            scorer.depth().znearMetres(),
            scorer.depth().zfarMetres(),
            LoopMode.GROUPED);
    this.oracle = new ReferenceOracle(scorer, mesh, LoopMode.GROUPED);
  }

  public ReplayedRoot root() {
    return root;
  }

  /** Camera of retained depth images. */
  public PinholeCamera retainedCamera() {
    return calibrated.resized(
        config.selectedDepth().widthPixels(), config.selectedDepth().heightPixels());
  }

  /** Depth seen from a pose by {@link #retainedCamera}, row by row, metres; NaN for nothing. */
  public double[] retainedDepth(Pose12 worldFromCamera) {
    return views.with(retainedCamera()).depths(worldFromCamera);
  }

  String sampleKey() {
    return sample.identity().sampleKey();
  }

  List<ReplayedCandidate> candidates(ShellReplay.Node node) {
    return shells.candidates(node);
  }

  List<Point3> cloud(Pose12 worldFromCamera) {
    return views.points(worldFromCamera, config.targetScorer().backprojectionStride());
  }

  Optional<ReferenceNode> targetErrors(
      OracleTarget target, List<List<Point3>> history, List<List<Point3>> clouds) {
    return oracle.target(target, rootCloud, history, clouds);
  }

  ReferenceCrops targetCrops(
      OracleTarget target, List<List<Point3>> history, List<List<Point3>> clouds) {
    return oracle.crops(target, rootCloud, history, clouds);
  }

  Optional<ReferenceNode> errors(List<List<Point3>> history, List<List<Point3>> clouds) {
    return config.targetScorer().includeSceneRri()
        ? oracle.scene(snippetBounds, rootCloud, history, clouds)
        : Optional.empty();
  }

  private PinholeCamera scoring(TargetScorerConfig.DepthConfig depth) {
    return depth.outputWidthPixels().isPresent()
        ? calibrated.resized(
            depth.outputWidthPixels().getAsInt(), depth.outputHeightPixels().getAsInt())
        : calibrated.scaled(depth.resolutionScale());
  }

  /** Occupancy extent and bounds of the semidense points. */
  private static AxisAlignedBox bounds(SourceSample sample) {
    AxisAlignedBox bounds = sample.actor().occupancyExtent();
    PointCloud points = sample.actor().points().pointsWorld();
    for (int i = 0; i < points.size(); i++) {
      double x = points.x(i);
      double y = points.y(i);
      double z = points.z(i);
      bounds = bounds.union(new AxisAlignedBox(x, x, y, y, z, z));
    }
    return bounds;
  }
}
