package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.nbvrollouts.pipeline.candidate.CandidateBaseConfig;
import org.nbvrollouts.pipeline.candidate.CandidateComponentConfig;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.oracle.EvalPointCloudSource;
import org.nbvrollouts.pipeline.oracle.RewardMode;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
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
import org.nbvrollouts.store.source.RootCloud;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * A room of 6 × 5 × 2.6 m with two cupboards, seen from a short walk along +x at eye height. All
 * coordinates are world metres with the room's lower corner at the origin.
 */
public final class RoomFixture {
  public static final String SAMPLE_KEY = "room-000000";
  public static final GenerationLineage LINEAGE =
      new GenerationLineage("c", "o", "r", "m", "s", "rollout-source-v1");

  private static final String SHA256 = "0123456789abcdef".repeat(4);
  private static final double[][] CUPBOARDS = {
    {3.6, 4.4, 1.2, 1.8, 0.2, 1.4}, {3.8, 4.6, 3.0, 3.9, 0.2, 1.8}
  };
  private static final int FRAMES = 4;

  private RoomFixture() {}

  /** Room and cupboards in quads of about {@code cellMetres}, two triangles each. */
  public static TriangleMesh mesh(double cellMetres) {
    QuadMesher mesher = new QuadMesher(cellMetres);
    mesher.addBox(0, 6, 0, 5, 0, 2.6);
    for (double[] box : CUPBOARDS) {
      mesher.addBox(box[0], box[1], box[2], box[3], box[4], box[5]);
    }
    return mesher.build();
  }

  /** The mesh with its search structure. */
  public static SceneMesh sceneMesh(double cellMetres) {
    return SceneMesh.of(mesh(cellMetres), SHA256);
  }

  /** The sample without a stored root cloud. */
  public static SourceSample sample() {
    return sample(Optional.empty());
  }

  /** The sample with or without a stored root cloud. */
  public static SourceSample sample(Optional<RootCloud> rootCloud) {
    List<Pose12> poses = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    List<CameraCalibration> calibrations = new ArrayList<>();
    for (int frame = 0; frame < FRAMES; frame++) {
      // Raw rig basis: x down, y left, z forward, looking along +x.
      poses.add(new Pose12(0, 0, 1, 0, 1, 0, -1, 0, 0, 0.8 + 0.1 * frame, 2.4, 1.5));
      times.add(1_000_000_000L + 100_000_000L * frame);
      calibrations.add(calibration());
    }
    PoseTrajectory trajectory = new PoseTrajectory(poses, times);
    AxisAlignedBox room = new AxisAlignedBox(0, 6, 0, 5, 0, 2.6);
    return new SourceSample(
        new SampleIdentity(7, SAMPLE_KEY, "room", "room-snippet", "train", "source-000000", 3),
        new ActorEvidence(
            trajectory,
            trajectory.last(),
            Optional.of(trajectory.last()),
            Optional.empty(),
            Optional.empty(),
            calibrations,
            new SparsePoints(PointCloud.EMPTY, Optional.empty(), Optional.empty()),
            Optional.empty(),
            room,
            Optional.empty(),
            Optional.empty()),
        new OracleEvidence(Optional.of(boxes()), rootCloud, new MeshReference(SHA256, 0, 0)));
  }

  /** Small renders, few candidates, one target, the given recipes. */
  public static RolloutGenerationConfig config(List<RolloutRecipeConfig> recipes) {
    return new RolloutGenerationConfig(
        OracleTargetSamplerConfig.defaults(),
        mixture(4),
        scorer(6),
        new SelectedDepthRetentionConfig(true, 24, 16, 16),
        recipes,
        OptionalInt.of(1),
        true,
        1,
        RolloutGenerationConfig.DEFAULT_TARGET_PROTOCOL_VERSION,
        false);
  }

  /** Three components with {@code perComponent} rows each. */
  public static CandidateMixtureConfig mixture(int perComponent) {
    return new CandidateMixtureConfig(
        CandidateBaseConfig.juneDefault(),
        List.of(
            CandidateComponentConfig.of(
                "forward_local",
                perComponent,
                PositionFamily.FORWARD_LOCAL,
                ViewStrategy.FORWARD_RIG),
            CandidateComponentConfig.of(
                "target_bearing_local",
                perComponent,
                PositionFamily.TARGET_BEARING_LOCAL,
                ViewStrategy.TARGET_POINT),
            CandidateComponentConfig.of(
                "lateral_target_bypass",
                perComponent,
                PositionFamily.LATERAL_TARGET_BYPASS,
                ViewStrategy.TARGET_POINT)));
  }

  /** 48 × 48 renders with the given stride, margin 0.05 m, scene metrics on. */
  public static TargetScorerConfig scorer(int stride) {
    return new TargetScorerConfig(
        new TargetScorerConfig.DepthConfig(
            0.2, 60, OptionalInt.empty(), OptionalInt.empty(), 0.001, 20),
        TargetScorerConfig.OracleConfig.defaults(),
        stride,
        0.05,
        1,
        true,
        EvalPointCloudSource.AUTO,
        "rgb",
        OptionalDouble.empty(),
        0.02,
        200_000,
        50_000,
        RewardMode.ROOT_NORMALIZED_GAIN);
  }

  private static CameraCalibration calibration() {
    float[] values = new float[CameraCalibration.LENGTH];
    values[0] = 240;
    values[1] = 240;
    values[2] = 101.5f;
    values[3] = 101.5f;
    values[4] = 119.5f;
    values[5] = 119.5f;
    System.arraycopy(Pose12.IDENTITY.toFloats(), 0, values, 10, Pose12.LENGTH);
    return CameraCalibration.of(values, 0);
  }

  private static BoxTable boxes() {
    List<OrientedBox> boxes = new ArrayList<>();
    for (int i = 0; i < CUPBOARDS.length; i++) {
      float[] values = new float[OrientedBox.LENGTH];
      double[] box = CUPBOARDS[i];
      double[] centre = new double[3];
      for (int axis = 0; axis < 3; axis++) {
        double half = 0.5 * (box[2 * axis + 1] - box[2 * axis]);
        centre[axis] = box[2 * axis] + half;
        values[2 * axis] = (float) -half;
        values[2 * axis + 1] = (float) half;
      }
      Arrays.fill(values, 6, 18, -1);
      Pose12 pose = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, centre[0], centre[1], centre[2]);
      System.arraycopy(pose.toFloats(), 0, values, 18, Pose12.LENGTH);
      values[30] = 5;
      values[31] = i;
      values[32] = 1;
      boxes.add(OrientedBox.of(values, 0, i));
    }
    return new BoxTable(boxes, BoxTable.Frame.WORLD, Map.of(5, "cupboard"));
  }

  /** Axis-aligned boxes as grids of triangles; orientation does not matter. */
  private static final class QuadMesher {
    private final double cell;
    private final List<float[]> vertices = new ArrayList<>();
    private final List<int[]> faces = new ArrayList<>();

    QuadMesher(double cell) {
      this.cell = cell;
    }

    void addBox(double x0, double x1, double y0, double y1, double z0, double z1) {
      for (double x : new double[] {x0, x1}) {
        addGrid(new double[] {x, y0, z0}, 1, y1 - y0, 2, z1 - z0);
      }
      for (double y : new double[] {y0, y1}) {
        addGrid(new double[] {x0, y, z0}, 0, x1 - x0, 2, z1 - z0);
      }
      for (double z : new double[] {z0, z1}) {
        addGrid(new double[] {x0, y0, z}, 0, x1 - x0, 1, y1 - y0);
      }
    }

    private void addGrid(double[] corner, int axisU, double sizeU, int axisV, double sizeV) {
      int columns = Math.max(1, (int) Math.round(sizeU / cell));
      int rows = Math.max(1, (int) Math.round(sizeV / cell));
      int first = vertices.size();
      for (int row = 0; row <= rows; row++) {
        for (int column = 0; column <= columns; column++) {
          double[] point = corner.clone();
          point[axisU] += sizeU * column / columns;
          point[axisV] += sizeV * row / rows;
          vertices.add(new float[] {(float) point[0], (float) point[1], (float) point[2]});
        }
      }
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          int at = first + row * (columns + 1) + column;
          faces.add(new int[] {at, at + 1, at + columns + 2});
          faces.add(new int[] {at, at + columns + 2, at + columns + 1});
        }
      }
    }

    TriangleMesh build() {
      float[] coordinates = new float[3 * vertices.size()];
      int[] indices = new int[3 * faces.size()];
      for (int i = 0; i < vertices.size(); i++) {
        System.arraycopy(vertices.get(i), 0, coordinates, 3 * i, 3);
      }
      for (int i = 0; i < faces.size(); i++) {
        System.arraycopy(faces.get(i), 0, indices, 3 * i, 3);
      }
      return TriangleMesh.of(coordinates, indices);
    }
  }
}
