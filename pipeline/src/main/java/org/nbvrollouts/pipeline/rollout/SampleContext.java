package org.nbvrollouts.pipeline.rollout;

import java.util.Optional;
import org.nbvrollouts.pipeline.candidate.CandidateGenerator;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.SceneOracle;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;

/**
 * What the targets of a row share.
 *
 * @param rootWorldFromCamera root pose, already twisted
 * @param occupancyExtent bounds of free space, world metres
 * @param rootCloud reconstruction at the root, world metres
 * @param seedMode what random numbers of tables and choices depend on
 * @param scene scene metrics, empty when switched off
 * @param crops keeps evaluation crops, empty when switched off
 */
record SampleContext(
    String sampleKey,
    Pose12 rootWorldFromCamera,
    AxisAlignedBox occupancyExtent,
    PointBuffer rootCloud,
    CandidateGenerator generator,
    CandidateViews views,
    SeedMode seedMode,
    Optional<SceneOracle> scene,
    RewardMode rewardMode,
    Optional<EvalCropRecorder> crops,
    StageClock clock) {

  /** The context of a row. */
  static SampleContext of(
      RolloutGenerationConfig config,
      SourceSample sample,
      SceneMesh mesh,
      RootFacts root,
      PointBuffer rootCloud,
      VoxelFusion fusion,
      StageClock clock) {
    ActorEvidence actor = sample.actor();
    TargetScorerConfig scorer = config.targetScorer();
    Optional<SceneOracle> scene =
        scorer.includeSceneRri()
            ? Optional.of(
                new SceneOracle(
                    scorer, mesh.mesh(), mesh.bvh(), rootCloud, snippetBounds(actor), fusion))
            : Optional.empty();
    return new SampleContext(
        sample.identity().sampleKey(),
        root.worldFromCamera(),
        actor.occupancyExtent(),
        rootCloud,
        new CandidateGenerator(config.candidateMixture(), mesh.bvh()),
        new CandidateViews(scorer, config.selectedDepth(), actor.calibrations().get(0), mesh.bvh()),
        config.candidateMixture().base().seedMode(),
        scene,
        scorer.rewardMode(),
        config.keepsTargetEvalCrops()
            ? Optional.of(new EvalCropRecorder(scorer))
            : Optional.empty(),
        clock);
  }

  /** Occupancy extent and bounds of the semidense points. */
  private static AxisAlignedBox snippetBounds(ActorEvidence actor) {
    AxisAlignedBox bounds = actor.occupancyExtent();
    PointCloud points = actor.points().pointsWorld();
    for (int i = 0; i < points.size(); i++) {
      if (!bounds.contains(points.x(i), points.y(i), points.z(i))) {
        bounds =
            bounds.union(
                new AxisAlignedBox(
                    points.x(i), points.x(i), points.y(i), points.y(i), points.z(i), points.z(i)));
      }
    }
    return bounds;
  }
}
