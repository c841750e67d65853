package org.nbvrollouts.store.source.vin;

import java.util.Optional;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OccupancyExtent;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;

/**
 * Joins a row of a VIN offline store with the row of a source of the same key. Each field comes
 * from the side that specification source 7.2 names, and from the other one where that has none.
 * What both sides tell must agree.
 */
final class VinJoin {
  /** Poses were stored as float32 on both sides; a millimetre is a hundred times that. */
  static final double POSE_TOLERANCE = 1e-3;

  private final JoinTally tally;

  VinJoin(JoinTally tally) {
    this.tally = tally;
  }

  /**
   * The joined row.
   *
   * @param identity who the row is
   * @throws IllegalArgumentException if both sides tell different things
   */
  SourceSample join(SampleIdentity identity, VinSample vin, SourceSample source) {
    ActorEvidence raw = source.actor();
    checkWalk(vin.actor().trajectory(), raw.trajectory());
    checkSnippetPose(vin.actor().worldFromSnippet(), raw.worldFromSnippet());
    Optional<BoxTable> detected =
        pick(
            JoinTally.Field.DETECTED_BOXES,
            vin.actor().detected().map(VinBoxes::table),
            raw.detected());
    Optional<BoxTable> groundTruth =
        pick(
            JoinTally.Field.GROUND_TRUTH_BOXES,
            vin.oracle().groundTruth().map(VinBoxes::table),
            source.oracle().groundTruth());
    Optional<Pose12> snippetPose =
        pickRaw(
            JoinTally.Field.SNIPPET_POSE, raw.worldFromSnippet(), vin.actor().worldFromSnippet());
    if (snippetPose.isEmpty() && (detected.isPresent() || groundTruth.isPresent())) {
      tally.countUnplacedBoxes();
    }
    SparsePoints points = points(vin, raw);
    ActorEvidence actor =
        new ActorEvidence(
            trajectory(vin, raw.trajectory()),
            raw.rootPoseWorldRig(),
            pick(
                JoinTally.Field.REFERENCE_POSE,
                vin.actor().referencePoseWorldRig(),
                raw.referencePoseWorldRig()),
            snippetPose,
            pickRaw(JoinTally.Field.GRAVITY, raw.gravityWorld(), vin.actor().gravityWorld()),
            raw.calibrations(),
            points,
            raw.volume(),
            extent(points, raw),
            detected,
            pick(JoinTally.Field.VOXELS, vin.actor().voxels(), raw.voxels()));
    return new SourceSample(
        identity,
        actor,
        new OracleEvidence(groundTruth, source.oracle().rootCloud(), source.oracle().mesh()));
  }

  /** The store's value, else the one of the source. */
  private <T> Optional<T> pick(JoinTally.Field field, Optional<T> vin, Optional<T> raw) {
    tally.count(
        field,
        vin.isPresent()
            ? JoinTally.Origin.VIN
            : raw.isPresent() ? JoinTally.Origin.SOURCE : JoinTally.Origin.NONE);
    return vin.or(() -> raw);
  }

  /** The value of the source, else the store's. */
  private <T> Optional<T> pickRaw(JoinTally.Field field, Optional<T> raw, Optional<T> vin) {
    tally.count(
        field,
        raw.isPresent()
            ? JoinTally.Origin.SOURCE
            : vin.isPresent() ? JoinTally.Origin.VIN : JoinTally.Origin.NONE);
    return raw.or(() -> vin);
  }

  private PoseTrajectory trajectory(VinSample vin, PoseTrajectory raw) {
    Optional<PoseTrajectory> timed =
        vin.actor()
            .trajectory()
            .filter(walk -> walk.hasTimes() && walk.size() == raw.size())
            .map(walk -> new PoseTrajectory(raw.worldFromRig(), walk.timesNs()));
    return pickRaw(
            JoinTally.Field.TRAJECTORY_TIMES,
            Optional.of(raw).filter(PoseTrajectory::hasTimes),
            timed)
        .orElse(raw);
  }

  private SparsePoints points(VinSample vin, ActorEvidence raw) {
    return pickRaw(
            JoinTally.Field.POINTS,
            Optional.of(raw.points()).filter(VinJoin::hasPoints),
            Optional.of(vin.actor().points()).filter(VinJoin::hasPoints))
        .orElse(raw.points());
  }

  private static boolean hasPoints(SparsePoints points) {
    return points.pointsWorld().size() > 0;
  }

  private static AxisAlignedBox extent(SparsePoints points, ActorEvidence raw) {
    return hasPoints(raw.points())
        ? raw.occupancyExtent()
        : OccupancyExtent.choose(raw.volume(), points.pointsWorld()).orElse(raw.occupancyExtent());
  }

  private void checkWalk(Optional<PoseTrajectory> vin, PoseTrajectory raw) {
    if (vin.isEmpty()) {
      tally.countUnverified();
      return;
    }
    boolean sameCount = vin.get().size() == raw.size();
    if (!sameCount) {
      tally.countOtherFrameCount();
    }
    for (int i = sameCount ? 0 : raw.size() - 1; i < raw.size(); i++) {
      Pose12 stored = sameCount ? vin.get().worldFromRig().get(i) : vin.get().last();
      refuseIfApart("pose " + i + " of the walk", stored, raw.worldFromRig().get(i));
    }
  }

  private static void checkSnippetPose(Optional<Pose12> vin, Optional<Pose12> raw) {
    if (vin.isPresent() && raw.isPresent()) {
      refuseIfApart("the snippet pose", vin.get(), raw.get());
    }
  }

  private static void refuseIfApart(String what, Pose12 vin, Pose12 raw) {
    double[] left = vin.toArray();
    double[] right = raw.toArray();
    for (int i = 0; i < Pose12.LENGTH; i++) {
      if (!(Math.abs(left[i] - right[i]) <= POSE_TOLERANCE)) {
        throw new IllegalArgumentException(
            "Cannot join: %s differs between store and source (value=%d, store=%s, source=%s, expected within %s)"
                .formatted(what, i, left[i], right[i], POSE_TOLERANCE));
      }
    }
  }
}
