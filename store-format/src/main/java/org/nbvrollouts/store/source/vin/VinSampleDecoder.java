package org.nbvrollouts.store.source.vin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.FloatColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SparsePoints;
import org.nbvrollouts.store.source.VoxelEvidence;
import org.nbvrollouts.store.table.TypedArray;

/** Makes a sample of one row of a shard; knows how absent values are filled up (source 6.4). */
final class VinSampleDecoder {
  private final VinShardReader shard;
  private final SampleIdentity identity;
  private final long row;

  private VinSampleDecoder(VinShardReader shard, SampleIdentity identity) {
    this.shard = shard;
    this.identity = identity;
    this.row = identity.sourceShardRow();
  }

  /**
   * Reads and decodes the row of an identity.
   *
   * @throws RefusedInputException naming shard, row, block and rule
   */
  static VinSample decode(VinShardReader shard, SampleIdentity identity) {
    VinSampleDecoder decoder = new VinSampleDecoder(shard, identity);
    return new VinSample(
        identity,
        decoder.actor(),
        new VinOracleEvidence(decoder.boxes("gt.obbs", "gt.obb_sem_id_to_name")));
  }

  private VinActorEvidence actor() {
    return new VinActorEvidence(
        trajectory(),
        pose("oracle.reference_pose_world_rig"),
        pose("vin.t_world_snippet"),
        gravity(),
        points(),
        boxes("detected.obbs", "detected.obb_sem_id_to_name"),
        voxels());
  }

  private Optional<float[]> floats(String block) {
    return shard.row(block, row).map(TypedArray::floats);
  }

  /** Twelve values that are neither all zero nor all NaN, which both mean that there is none. */
  private Optional<Pose12> pose(String block) {
    Optional<float[]> values = floats(block);
    if (values.isEmpty() || isFiller(values.get())) {
      return Optional.empty();
    }
    if (values.get().length != Pose12.LENGTH) {
      throw invalid(block, values.get().length + " values", "12");
    }
    Pose12 pose = Pose12.of(values.get(), 0);
    if (!pose.isFinite()) {
      throw invalid(block, "a value that is not finite", "a pose");
    }
    return Optional.of(pose);
  }

  private static boolean isFiller(float[] values) {
    boolean zero = true;
    boolean nan = true;
    for (float value : values) {
      zero &= value == 0f;
      nan &= Float.isNaN(value);
    }
    return zero || nan;
  }

  private Optional<PoseTrajectory> trajectory() {
    String block = "vin.t_world_rig";
    Optional<float[]> values = floats(block);
    if (values.isEmpty() || isFiller(values.get())) {
      return Optional.empty();
    }
    if (values.get().length % Pose12.LENGTH != 0) {
      throw invalid(block, values.get().length + " values", "12 per pose");
    }
    List<Pose12> poses = new ArrayList<>();
    boolean ended = false;
    for (int i = 0; i < values.get().length; i += Pose12.LENGTH) {
      boolean filler = isFiller(Arrays.copyOfRange(values.get(), i, i + Pose12.LENGTH));
      Pose12 pose = Pose12.of(values.get(), i);
      if (!filler && (ended || !pose.isFinite())) {
        throw invalid(block, "pose " + i / Pose12.LENGTH, "finite poses, then only NaN");
      }
      ended |= filler;
      if (!filler) {
        poses.add(pose);
      }
    }
    return Optional.of(new PoseTrajectory(poses, times(poses.size())));
  }

  /** Times of the valid poses, or none if they are only filled up. */
  private List<Long> times(int poses) {
    Optional<long[]> values = shard.row("vin.trajectory.time_ns", row).map(TypedArray::longs);
    if (values.isEmpty() || values.get().length < poses) {
      return List.of();
    }
    List<Long> times = Arrays.stream(values.get()).limit(poses).boxed().toList();
    boolean rising = times.get(poses - 1) > 0;
    for (int i = 0; i < poses; i++) {
      rising &= times.get(i) >= (i == 0 ? 0 : times.get(i - 1) + 1);
    }
    return rising ? times : List.of();
  }

  private Optional<Point3> gravity() {
    String block = "vin.trajectory.gravity_in_world";
    Optional<float[]> values = floats(block);
    if (values.isEmpty() || isFiller(values.get())) {
      return Optional.empty();
    }
    float[] gravity = values.get();
    if (gravity.length != 3 || isNotFinite(gravity)) {
      throw invalid(block, Arrays.toString(gravity), "three finite values");
    }
    return Optional.of(new Point3(gravity[0], gravity[1], gravity[2]));
  }

  private static boolean isNotFinite(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return true;
      }
    }
    return false;
  }

  private SparsePoints points() {
    String block = "vin.points_world";
    Optional<TypedArray> table = shard.row(block, row);
    Optional<long[]> lengths = shard.row("vin.lengths", row).map(TypedArray::longs);
    if (table.isEmpty() || lengths.isEmpty()) {
      return new SparsePoints(PointCloud.EMPTY, Optional.empty(), Optional.empty());
    }
    int columns = table.get().length(table.get().rank() - 1);
    if (table.get().rank() != 3 || columns < 3) {
      throw invalid(block, "shape " + table.get().shape(), "x, y, z and more per point");
    }
    int available = table.get().length(1);
    long length = lengths.get().length == 1 ? lengths.get()[0] : -1;
    if (length < 0 || length > available) {
      throw invalid("vin.lengths", Arrays.toString(lengths.get()), "0 to " + available);
    }
    return points(table.get().floats(), columns, (int) length);
  }

  private static SparsePoints points(float[] values, int columns, int length) {
    float[] coordinates = new float[3 * length];
    float[] std = new float[length];
    int kept = 0;
    for (int i = 0; i < length; i++) {
      int at = i * columns;
      if (Float.isFinite(values[at])
          && Float.isFinite(values[at + 1])
          && Float.isFinite(values[at + 2])) {
        System.arraycopy(values, at, coordinates, 3 * kept, 3);
        std[kept] = columns > 3 ? values[at + 3] : Float.NaN;
        kept++;
      }
    }
    return new SparsePoints(
        PointCloud.of(Arrays.copyOf(coordinates, 3 * kept)),
        columns > 3 ? Optional.of(FloatColumn.of(Arrays.copyOf(std, kept))) : Optional.empty(),
        Optional.empty());
  }

  private Optional<VinBoxes> boxes(String block, String namesBlock) {
    Optional<TypedArray> values = shard.row(block, row);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    Map<Integer, String> names =
        shard
            .record(namesBlock, row)
            .flatMap(record -> MessagePackParser.names(record, shard.place(namesBlock, row)))
            .<Map<Integer, String>>map(found -> found)
            .orElse(Map.of());
    try {
      return VinBoxes.of(values.get(), names);
    } catch (IllegalArgumentException broken) {
      throw new RefusedInputException(
          broken.getMessage() + " (" + shard.place(block, row) + ")", broken);
    }
  }

  private Optional<VoxelEvidence> voxels() {
    Optional<Pose12> pose = pose("backbone.t_world_voxel");
    Optional<float[]> extent = floats("backbone.voxel_extent").filter(values -> !isFiller(values));
    Optional<TypedArray> counts = shard.row("backbone.counts", row);
    if (pose.isEmpty() || extent.isEmpty() || counts.isEmpty()) {
      return Optional.empty();
    }
    TypedArray grid = counts.get();
    if (grid.rank() < 4 || grid.size() != product(grid, grid.rank() - 3)) {
      throw invalid("backbone.counts", "shape " + grid.shape(), "1, D, H, W");
    }
    int[] dims = new int[3];
    Arrays.setAll(dims, axis -> grid.length(grid.rank() - 3 + axis));
    Optional<FloatColumn> occupancy = floats("backbone.occ_pr").map(FloatColumn::of);
    if (occupancy.isPresent() && occupancy.get().length() != grid.size()) {
      throw invalid(
          "backbone.occ_pr", occupancy.get().length() + " values", grid.size() + ", as counts");
    }
    return Optional.of(
        new VoxelEvidence(
            pose.get(), box(extent.get()), IntColumn.of(dims), counts(grid), occupancy));
  }

  private static int product(TypedArray grid, int firstAxis) {
    int product = 1;
    for (int axis = firstAxis; axis < grid.rank(); axis++) {
      product *= grid.length(axis);
    }
    return product;
  }

  private IntColumn counts(TypedArray grid) {
    long[] wide = grid.longs();
    int[] counts = new int[wide.length];
    for (int i = 0; i < wide.length; i++) {
      if (wide[i] < 0 || wide[i] > Integer.MAX_VALUE) {
        throw invalid("backbone.counts", "count " + wide[i], "0 to " + Integer.MAX_VALUE);
      }
      counts[i] = (int) wide[i];
    }
    return IntColumn.of(counts);
  }

  private AxisAlignedBox box(float[] extent) {
    String block = "backbone.voxel_extent";
    if (extent.length != 6 || isNotFinite(extent)) {
      throw invalid(block, Arrays.toString(extent), "six finite values");
    }
    try {
      return new AxisAlignedBox(extent[0], extent[1], extent[2], extent[3], extent[4], extent[5]);
    } catch (IllegalArgumentException broken) {
      throw invalid(block, broken.getMessage(), "min at most max");
    }
  }

  private RefusedInputException invalid(String block, String what, String rule) {
    return new RefusedInputException(
        "Invalid VIN row: %s (expected %s, sample_key=%s, %s)"
            .formatted(what, rule, identity.sampleKey(), shard.place(block, row)));
  }
}
