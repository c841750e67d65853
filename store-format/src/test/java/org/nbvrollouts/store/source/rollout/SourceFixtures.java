package org.nbvrollouts.store.source.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MeshReference;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.RootCloud;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.VoxelEvidence;

/** Random samples and meshes whose values are float32, so that a round trip is exact. */
public final class SourceFixtures {
  public static final SourceProvenance PROVENANCE =
      new SourceProvenance("test", "sha256(scene_id)/v1", Map.of("seed", "7"));

  private SourceFixtures() {}

  /** A closed tetrahedron, moved by the seed. */
  public static TriangleMesh tetrahedron(long seed) {
    float shift = seed;
    return TriangleMesh.of(
        new float[] {shift, 0, 0, shift + 1, 0, 0, shift, 1, 0, shift, 0, 1},
        new int[] {0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3});
  }

  /** A sample with every optional part present or absent by chance. */
  public static SourceSample sample(long index, MeshReference mesh, SplittableRandom random) {
    SampleIdentity identity =
        new SampleIdentity(
            index,
            SampleIdentity.keyOf("scene " + index / 2, "snippet-" + index),
            "scene " + index / 2,
            "snippet-" + index,
            "train",
            "",
            0);
    return new SourceSample(identity, actor(random), oracle(mesh, random));
  }

  private static ActorEvidence actor(SplittableRandom random) {
    int frames = random.nextInt(1, 5);
    List<Pose12> poses = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<CameraCalibration> cameras = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      poses.add(pose(random));
      times.add(1_000_000_000L * i + random.nextInt(1000));
      cameras.add(CameraCalibration.of(floats(random, CameraCalibration.LENGTH), 0));
    }
    int points = random.nextInt(0, 200);
    return new ActorEvidence(
        new PoseTrajectory(poses, random.nextBoolean() ? times : List.of()),
        poses.get(frames - 1),
        maybe(random, pose(random)),
        maybe(random, pose(random)),
        maybe(random, new Point3(0, 0, (float) -9.81)),
        cameras,
        new SparsePoints(
            PointCloud.of(floats(random, 3 * points)),
            maybe(random, FloatColumn.of(floats(random, points))),
            maybe(random, IntColumn.of(random.ints(points, 0, frames).toArray()))),
        maybe(random, new AxisAlignedBox(-1, 1, -2, 2, -3, 3)),
        new AxisAlignedBox(-4, 4, -5, 5, -0.25, 3.5),
        maybe(random, boxes(random, BoxTable.Frame.SNIPPET)),
        maybe(random, voxels(random)));
  }

  private static OracleEvidence oracle(MeshReference mesh, SplittableRandom random) {
    PointCloud cloud = PointCloud.of(floats(random, 3 * random.nextInt(0, 100)));
    return new OracleEvidence(
        maybe(random, boxes(random, BoxTable.Frame.WORLD)),
        maybe(random, new RootCloud(cloud, "ase_gt_depth_root", 2, 20.0, 0.02)),
        mesh);
  }

  private static VoxelEvidence voxels(SplittableRandom random) {
    return new VoxelEvidence(
        pose(random),
        new AxisAlignedBox(-2, 2, 0, 4, -2, 2),
        IntColumn.of(2, 3, 4),
        IntColumn.of(random.ints(24, 0, 9).toArray()),
        maybe(random, FloatColumn.of(floats(random, 24))));
  }

  private static BoxTable boxes(SplittableRandom random, BoxTable.Frame frame) {
    List<OrientedBox> boxes = new ArrayList<>();
    for (int i = 0; i < random.nextInt(0, 6); i++) {
      boxes.add(OrientedBox.of(floats(random, OrientedBox.LENGTH), 0, 3 * i));
    }
    return new BoxTable(boxes, frame, Map.of(0, "chair", -1, "unknown", 12, "Tür"));
  }

  private static Pose12 pose(SplittableRandom random) {
    return Pose12.of(floats(random, Pose12.LENGTH), 0);
  }

  private static float[] floats(SplittableRandom random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-10, 10);
    }
    return values;
  }

  private static <T> Optional<T> maybe(SplittableRandom random, T value) {
    return random.nextBoolean() ? Optional.of(value) : Optional.empty();
  }
}
