package org.nbvrollouts.pipeline.target;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.VoxelEvidence;

/** Samples for tests, built from what matters to target selection. */
final class SampleFixtures {
  static final Pose12 FIRST_RIG = new Pose12(0, -1, 0, 1, 0, 0, 0, 0, 1, 10, 0, 1);
  static final Pose12 REFERENCE = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 3);

  private SampleFixtures() {}

  static SourceSample sample(String key, List<OrientedBox> boxes) {
    return sample(key, Optional.of(table(boxes)));
  }

  static SourceSample sample(String key, Optional<BoxTable> groundTruth) {
    return sample(key, groundTruth, Optional.empty(), PointCloud.EMPTY, Optional.empty());
  }

  static SourceSample sample(
      String key,
      Optional<BoxTable> groundTruth,
      Optional<Pose12> worldFromSnippet,
      PointCloud points,
      Optional<VoxelEvidence> voxels) {
    return sample(key, Optional.empty(), groundTruth, worldFromSnippet, points, voxels);
  }

  /** A sample in which an actor sees points and detected boxes. */
  static SourceSample detected(
      List<OrientedBox> detected, Optional<BoxTable> groundTruth, PointCloud points) {
    return sample(
        "key",
        Optional.of(table(detected)),
        groundTruth,
        Optional.empty(),
        points,
        Optional.empty());
  }

  static BoxTable table(List<OrientedBox> boxes) {
    return new BoxTable(boxes, BoxTable.Frame.WORLD, Map.of(7, "Chair"));
  }

  static SourceSample sample(
      String key,
      Optional<BoxTable> detected,
      Optional<BoxTable> groundTruth,
      Optional<Pose12> worldFromSnippet,
      PointCloud points,
      Optional<VoxelEvidence> voxels) {
    List<Pose12> poses = List.of(FIRST_RIG, Pose12.IDENTITY);
    CameraCalibration camera = CameraCalibration.of(new float[CameraCalibration.LENGTH], 0);
    return new SourceSample(
        new SampleIdentity(5, key, "scene-1", "snippet-2", "train", "shard-000000", 5),
        new ActorEvidence(
            new PoseTrajectory(poses, List.of()),
            Pose12.IDENTITY,
            Optional.of(REFERENCE),
            worldFromSnippet,
            Optional.empty(),
            Collections.nCopies(poses.size(), camera),
            new SparsePoints(points, Optional.empty(), Optional.empty()),
            Optional.empty(),
            new AxisAlignedBox(-5, 5, -5, 5, 0, 3),
            detected,
            voxels),
        new OracleEvidence(groundTruth, Optional.empty(), new MeshReference("0".repeat(64), 0, 0)));
  }
}
