package org.nbvrollouts.store.synthetic;

import java.util.List;
import java.util.SplittableRandom;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Where one target of one source row stands, and what its lineage says. */
final class SyntheticLineage {
  static final String CACHE_VERSION = "synthetic-v1";
  static final String SPLIT_HASH = "5eed5eed5eed5eed";

  private static final int ROWS_PER_SCENE = 40;
  private static final int ROWS_PER_SOURCE_SHARD = 256;
  private static final List<String> CLASSES =
      List.of("chair", "table", "sofa", "lamp", "cabinet", "bed", "shelf", "plant");

  private final int row;
  private final int target;
  private final Pose12 rootPose;
  private final Point3 centre;
  private final Point3 extents;
  private final double yaw;
  private final double area;
  private final double support;
  private final double score;
  private final double confidence;
  private final double iou;
  private final int classIndex;

  SyntheticLineage(int row, int target, SplittableRandom random) {
    this.row = row;
    this.target = target;
    // The root belongs to the row: it must not depend on the target.
    SplittableRandom ofRow = new SplittableRandom(row);
    this.rootPose =
        yawed(ofRow.nextDouble(-3, 3), ofRow.nextDouble(-4, 4), ofRow.nextDouble(-4, 4), 1.5);
    double bearing = random.nextDouble(-Math.PI, Math.PI);
    double distance = random.nextDouble(1, 3);
    this.centre =
        new Point3(
            rootPose.tx() + distance * StrictMath.cos(bearing),
            rootPose.ty() + distance * StrictMath.sin(bearing),
            random.nextDouble(0.3, 1.2));
    this.extents =
        new Point3(
            random.nextDouble(0.3, 1.5), random.nextDouble(0.3, 1.5), random.nextDouble(0.3, 1.5));
    this.yaw = random.nextDouble(-3, 3);
    this.area = Math.rint(random.nextDouble(400, 8000));
    this.support = Math.rint(random.nextDouble(20, 400));
    this.score = random.nextDouble();
    this.confidence = random.nextDouble(0.5, 1);
    this.iou = random.nextDouble(0.25, 1);
    this.classIndex = random.nextInt(CLASSES.size());
  }

  Pose12 rootPose() {
    return rootPose;
  }

  Point3 centre() {
    return centre;
  }

  RolloutLineage lineage(String recipe, int rollout) {
    String sample = "synthetic-%06d".formatted(row);
    Pose12 object = yawed(yaw, centre.x(), centre.y(), centre.z());
    return withTarget(sample, object)
        .sceneId("room-%04d".formatted(row / ROWS_PER_SCENE))
        .snippetId(sample)
        .split("train")
        .meshVersion("mesh-v=1200-f=2400")
        .candidateConfigHash("cfg1:5eed000000000001")
        .oracleConfigHash("cfg1:5eed000000000002")
        .rolloutConfigHash("cfg1:5eed000000000003")
        .randomSeed((long) rollout)
        .sourceCacheVersion(CACHE_VERSION)
        .sourceOfflineStoreManifestHash("5eed000000000004")
        .splitManifestHash(SPLIT_HASH)
        .sourceRowId((long) row)
        .sourceSampleIndex((long) row)
        .sourceShardRow((long) row % ROWS_PER_SOURCE_SHARD)
        .sourceSampleKey(sample)
        .sourceShardId("source-shard-%06d".formatted(row / ROWS_PER_SOURCE_SHARD))
        .branchScheduleId(recipe)
        .selectionRngStateHash("seed-once:%d:split-manifest:%s".formatted(rollout, SPLIT_HASH))
        .build();
  }

  private RolloutLineageBuilder withTarget(String sample, Pose12 object) {
    return new RolloutLineageBuilder()
        .targetRowId((long) target)
        .targetId(sample + ":det:" + target)
        .targetProtocolVersion("v1_observed")
        .targetCropPolicy("gt_obb_oriented_any_vertex_v1")
        .targetSelectionPolicy("greedy_top_k")
        .targetSelectionRank(target)
        .targetSelectionScore(score)
        .targetSelectionProbability(1.0)
        .targetSource("detected_obbs")
        .targetSourceIndex(target)
        .targetSemId(classIndex)
        .targetInstId(target)
        .targetClassName(CLASSES.get(classIndex))
        .targetConfidence(confidence)
        .targetProjectedAreaPixels(area)
        .targetProjectedAreaFraction(area / (240 * 240))
        .targetSemidenseSupportCount((int) support)
        .targetEvlSupportCount(0)
        .targetEffectiveSupportCount(support)
        .targetVisibilityScore(confidence * score)
        .targetSupportScore(1.0)
        .targetDeficitScore(1 - score)
        .targetCenterWorld(centre)
        .targetExtents(extents)
        .targetPoseWorldObject(object)
        .targetRelativePoseReferenceObject(rootPose.inverse().compose(object))
        .targetInvalidReasonBitset(1)
        .targetPrimaryInvalidReason(0)
        .targetReasonCodeVersion(StoreSchema.TARGET_INVALID_REASON_VERSION)
        .matchedGtTargetRowId((long) target)
        .matchedGtTargetId(sample + ":gt:" + target)
        .gtMatchIou(iou)
        .gtMatchScore(iou)
        .gtMatchStatus("matched");
  }

  /** A pose that turns about z. */
  static Pose12 yawed(double yaw, double x, double y, double z) {
    double cos = StrictMath.cos(yaw);
    double sin = StrictMath.sin(yaw);
    return new Pose12(cos, -sin, 0, sin, cos, 0, 0, 0, 1, x, y, z);
  }
}
