package org.nbvrollouts.store.source.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxPadding;
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
import org.nbvrollouts.store.source.VoxelEvidence;

/**
 * Turns rows into samples. Shapes, finiteness and record rules are checked here; padding box rows
 * are left out (rule S-3).
 */
final class SourceRowDecoder {
  private final SourceRow row;
  private final SourceColumnDecoder columns;

  private SourceRowDecoder(SourceRow row) {
    this.row = row;
    this.columns = new SourceColumnDecoder(row);
  }

  /**
   * Decodes a row.
   *
   * @param place file and row for messages
   * @throws RefusedInputException naming the column and the rule
   */
  static SourceSample decode(SourceRow row, String place) {
    try {
      SourceRowDecoder decoder = new SourceRowDecoder(row);
      row.missing()
          .ifPresent(
              column -> {
                throw new IllegalArgumentException(
                    "Invalid sample: no value of " + column.columnName() + " (expected one)");
              });
      return new SourceSample(identity(row), decoder.actor(), decoder.oracle());
    } catch (IllegalArgumentException broken) {
      throw new RefusedInputException(broken.getMessage() + " (" + place + ")", broken);
    }
  }

  /**
   * The identity columns of a row.
   *
   * @throws IllegalArgumentException if a text cannot be an identifier
   */
  static SampleIdentity identity(SourceRow row) {
    long index = row.integer(SourceColumn.SAMPLE_INDEX);
    if (index < 0) {
      throw new IllegalArgumentException(
          "Invalid sample_index: " + index + " (expected 0 or more)");
    }
    return new SampleIdentity(
        index,
        identifier(row, SourceColumn.SAMPLE_KEY),
        identifier(row, SourceColumn.SCENE_ID),
        identifier(row, SourceColumn.SNIPPET_ID),
        identifier(row, SourceColumn.SPLIT),
        identifier(row, SourceColumn.SOURCE_SHARD_ID),
        row.integer(SourceColumn.SOURCE_SHARD_ROW));
  }

  private static String identifier(SourceRow row, SourceColumn column) {
    String text = row.text(column);
    if (!SourceIdentifiers.isValid(text)) {
      throw new IllegalArgumentException(
          "Invalid "
              + column.columnName()
              + ": "
              + text
              + " (expected "
              + SourceIdentifiers.RULE
              + ")");
    }
    return text;
  }

  private ActorEvidence actor() {
    List<Pose12> poses = columns.poses(SourceColumn.T_WORLD_RIG);
    List<Long> times =
        row.has(SourceColumn.TRAJECTORY_TIME_NS)
            ? row.longs(SourceColumn.TRAJECTORY_TIME_NS)
            : List.of();
    return new ActorEvidence(
        new PoseTrajectory(poses, times),
        columns.pose(SourceColumn.ROOT_POSE_WORLD_RIG),
        columns.optionalPose(SourceColumn.REFERENCE_POSE_WORLD_RIG),
        columns.optionalPose(SourceColumn.T_WORLD_SNIPPET),
        gravity(),
        calibrations(),
        points(),
        volume(),
        columns.extent(SourceColumn.OCCUPANCY_EXTENT),
        boxes(
            SourceColumn.DETECTED_OBBS,
            SourceColumn.DETECTED_FRAME,
            SourceColumn.DETECTED_NAMES,
            SourceColumn.DETECTED_SOURCE_INDEX),
        voxels());
  }

  private OracleEvidence oracle() {
    return new OracleEvidence(
        boxes(
            SourceColumn.GT_OBBS,
            SourceColumn.GT_FRAME,
            SourceColumn.GT_NAMES,
            SourceColumn.GT_SOURCE_INDEX),
        rootCloud(),
        mesh(row));
  }

  /** Mesh columns of a row; absent counts are −1. */
  static MeshReference mesh(SourceRow row) {
    String sha256 = row.text(SourceColumn.MESH_SHA256);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "Invalid mesh_sha256: " + sha256 + " (expected 64 lower-case hex digits)");
    }
    return new MeshReference(
        sha256,
        row.has(SourceColumn.MESH_VERTICES) ? row.integer(SourceColumn.MESH_VERTICES) : -1,
        row.has(SourceColumn.MESH_FACES) ? row.integer(SourceColumn.MESH_FACES) : -1);
  }

  private Optional<Point3> gravity() {
    if (!row.has(SourceColumn.GRAVITY_IN_WORLD)) {
      return Optional.empty();
    }
    float[] values = columns.floats(SourceColumn.GRAVITY_IN_WORLD, 3);
    return Optional.of(new Point3(values[0], values[1], values[2]));
  }

  private List<CameraCalibration> calibrations() {
    float[] values = columns.finiteRows(SourceColumn.RGB_CALIB, CameraCalibration.LENGTH);
    List<CameraCalibration> cameras = new ArrayList<>();
    for (int i = 0; i < values.length; i += CameraCalibration.LENGTH) {
      cameras.add(CameraCalibration.of(values, i));
    }
    return cameras;
  }

  private SparsePoints points() {
    Optional<FloatColumn> std = Optional.empty();
    Optional<IntColumn> frames = Optional.empty();
    if (row.has(SourceColumn.POINTS_INV_DIST_STD)) {
      std = Optional.of(FloatColumn.of(columns.rows(SourceColumn.POINTS_INV_DIST_STD, 1)));
    }
    if (row.has(SourceColumn.POINTS_FRAME)) {
      frames = Optional.of(IntColumn.of(columns.integers(SourceColumn.POINTS_FRAME)));
    }
    return new SparsePoints(PointCloud.of(columns.rows(SourceColumn.POINTS_WORLD, 3)), std, frames);
  }

  private Optional<AxisAlignedBox> volume() {
    if (!row.has(SourceColumn.VOLUME_MIN) || !row.has(SourceColumn.VOLUME_MAX)) {
      return Optional.empty();
    }
    float[] min = columns.floats(SourceColumn.VOLUME_MIN, 3);
    float[] max = columns.floats(SourceColumn.VOLUME_MAX, 3);
    return Optional.of(new AxisAlignedBox(min[0], max[0], min[1], max[1], min[2], max[2]));
  }

  private Optional<VoxelEvidence> voxels() {
    if (!row.has(SourceColumn.VOXEL_POSE)) {
      return Optional.empty();
    }
    for (SourceColumn column :
        List.of(SourceColumn.VOXEL_EXTENT, SourceColumn.VOXEL_DIMS, SourceColumn.VOXEL_COUNTS)) {
      if (!row.has(column)) {
        throw new IllegalArgumentException(
            "Invalid sample: voxel_pose without " + column.columnName() + " (expected both)");
      }
    }
    int[] dims = row.ints(SourceColumn.VOXEL_DIMS).stream().mapToInt(Integer::intValue).toArray();
    int[] counts = columns.integers(SourceColumn.VOXEL_COUNTS);
    Optional<FloatColumn> occupancy = Optional.empty();
    if (row.has(SourceColumn.VOXEL_OCC)) {
      occupancy = Optional.of(FloatColumn.of(columns.rows(SourceColumn.VOXEL_OCC, 1)));
    }
    boolean positive = dims.length == 3 && dims[0] > 0 && dims[1] > 0 && dims[2] > 0;
    if (!positive
        || (double) dims[0] * dims[1] * dims[2] != counts.length
        || (occupancy.isPresent() && occupancy.get().length() != counts.length)) {
      throw new IllegalArgumentException(
          "Invalid voxels: "
              + counts.length
              + " counts for dims "
              + row.ints(SourceColumn.VOXEL_DIMS)
              + " (expected D·H·W of three positive dims, also for occupancy)");
    }
    return Optional.of(
        new VoxelEvidence(
            columns.pose(SourceColumn.VOXEL_POSE),
            columns.extent(SourceColumn.VOXEL_EXTENT),
            IntColumn.of(dims),
            IntColumn.of(counts),
            occupancy));
  }

  private Optional<RootCloud> rootCloud() {
    if (!row.has(SourceColumn.ROOT_EVAL_POINTS_WORLD)) {
      return Optional.empty();
    }
    if (!row.has(SourceColumn.ROOT_EVAL_META)) {
      throw new IllegalArgumentException(
          "Invalid sample: root_eval_points_world without root_eval_meta (expected both)");
    }
    return Optional.of(
        RootCloudMetaParser.parse(
            row.text(SourceColumn.ROOT_EVAL_META),
            PointCloud.of(columns.rows(SourceColumn.ROOT_EVAL_POINTS_WORLD, 3))));
  }

  private Optional<BoxTable> boxes(
      SourceColumn boxes, SourceColumn frame, SourceColumn names, SourceColumn sourceIndex) {
    if (!row.has(boxes)) {
      return Optional.empty();
    }
    float[] values = columns.rows(boxes, OrientedBox.LENGTH);
    int count = values.length / OrientedBox.LENGTH;
    List<Integer> indices = row.has(sourceIndex) ? row.ints(sourceIndex) : List.of();
    if (!indices.isEmpty() && indices.size() != count) {
      throw new IllegalArgumentException(
          "Invalid "
              + sourceIndex.columnName()
              + ": "
              + indices.size()
              + " indices for "
              + count
              + " boxes (expected one each)");
    }
    List<OrientedBox> objects = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = indices.isEmpty() ? i : indices.get(i);
      OrientedBox box = OrientedBox.of(values, OrientedBox.LENGTH * i, index);
      if (BoxPadding.of(box).isEmpty()) {
        objects.add(box);
      }
    }
    return Optional.of(
        new BoxTable(objects, frame(frame), row.has(names) ? row.names(names) : new TreeMap<>()));
  }

  private BoxTable.Frame frame(SourceColumn column) {
    String text = row.has(column) ? row.text(column) : "";
    return switch (text) {
      case "world" -> BoxTable.Frame.WORLD;
      case "snippet" -> BoxTable.Frame.SNIPPET;
      default ->
          throw new IllegalArgumentException(
              "Invalid " + column.columnName() + ": " + text + " (expected world or snippet)");
    };
  }
}
