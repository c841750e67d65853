package org.nbvrollouts.store.source.rollout;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.source.ActorEvidence;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxPadding;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.OracleEvidence;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SampleIdentity;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.VoxelEvidence;

/** Turns samples into rows (specification source 11.2); doubles are rounded to float32. */
final class SourceRowEncoder {
  private SourceRowEncoder() {}

  /** The row of a sample, with its hash. */
  static SourceRow encode(SourceSample sample) {
    SourceRow row = new SourceRow();
    putIdentity(row, sample.identity());
    putActor(row, sample.actor());
    putOracle(row, sample.oracle());
    row.put(SourceColumn.ROW_SHA256, row.sha256());
    return row;
  }

  private static void putIdentity(SourceRow row, SampleIdentity identity) {
    row.put(SourceColumn.SAMPLE_INDEX, identity.sampleIndex());
    row.put(SourceColumn.SAMPLE_KEY, identity.sampleKey());
    row.put(SourceColumn.SCENE_ID, identity.sceneId());
    row.put(SourceColumn.SNIPPET_ID, identity.snippetId());
    row.put(SourceColumn.SPLIT, identity.split());
    row.put(SourceColumn.SOURCE_SHARD_ID, identity.sourceShardId());
    row.put(SourceColumn.SOURCE_SHARD_ROW, identity.sourceShardRow());
  }

  private static void putActor(SourceRow row, ActorEvidence actor) {
    row.put(SourceColumn.T_WORLD_RIG, poses(actor.trajectory().worldFromRig()));
    if (actor.trajectory().hasTimes()) {
      row.putLongs(SourceColumn.TRAJECTORY_TIME_NS, actor.trajectory().timesNs());
    }
    actor
        .gravityWorld()
        .ifPresent(
            gravity ->
                row.put(
                    SourceColumn.GRAVITY_IN_WORLD,
                    LittleEndian.bytes(
                        (float) gravity.x(), (float) gravity.y(), (float) gravity.z())));
    row.put(SourceColumn.ROOT_POSE_WORLD_RIG, pose(actor.rootPoseWorldRig()));
    putPose(row, SourceColumn.REFERENCE_POSE_WORLD_RIG, actor.referencePoseWorldRig());
    putPose(row, SourceColumn.T_WORLD_SNIPPET, actor.worldFromSnippet());
    row.put(SourceColumn.RGB_CALIB, calibrations(actor.calibrations()));
    row.put(
        SourceColumn.POINTS_WORLD,
        LittleEndian.bytes(actor.points().pointsWorld().copyCoordinates()));
    actor
        .points()
        .inverseDistanceStd()
        .ifPresent(
            std -> row.put(SourceColumn.POINTS_INV_DIST_STD, LittleEndian.bytes(std.toArray())));
    actor
        .points()
        .frames()
        .ifPresent(
            frames -> row.put(SourceColumn.POINTS_FRAME, LittleEndian.bytes(frames.toArray())));
    actor.volume().ifPresent(volume -> putVolume(row, volume));
    row.put(SourceColumn.OCCUPANCY_EXTENT, extent(actor.occupancyExtent()));
    actor
        .detected()
        .ifPresent(
            boxes ->
                putBoxes(
                    row,
                    boxes,
                    SourceColumn.DETECTED_OBBS,
                    SourceColumn.DETECTED_FRAME,
                    SourceColumn.DETECTED_NAMES,
                    SourceColumn.DETECTED_SOURCE_INDEX));
    actor.voxels().ifPresent(voxels -> putVoxels(row, voxels));
  }

  private static void putOracle(SourceRow row, OracleEvidence oracle) {
    oracle
        .groundTruth()
        .ifPresent(
            boxes ->
                putBoxes(
                    row,
                    boxes,
                    SourceColumn.GT_OBBS,
                    SourceColumn.GT_FRAME,
                    SourceColumn.GT_NAMES,
                    SourceColumn.GT_SOURCE_INDEX));
    oracle
        .rootCloud()
        .ifPresent(
            cloud -> {
              row.put(
                  SourceColumn.ROOT_EVAL_POINTS_WORLD,
                  LittleEndian.bytes(cloud.pointsWorld().copyCoordinates()));
              row.put(SourceColumn.ROOT_EVAL_META, RootCloudMetaParser.print(cloud));
            });
    row.put(SourceColumn.MESH_SHA256, oracle.mesh().sha256());
    row.put(SourceColumn.MESH_VERTICES, oracle.mesh().vertexCount());
    row.put(SourceColumn.MESH_FACES, oracle.mesh().faceCount());
  }

  private static void putVolume(SourceRow row, AxisAlignedBox volume) {
    row.put(
        SourceColumn.VOLUME_MIN,
        LittleEndian.bytes((float) volume.minX(), (float) volume.minY(), (float) volume.minZ()));
    row.put(
        SourceColumn.VOLUME_MAX,
        LittleEndian.bytes((float) volume.maxX(), (float) volume.maxY(), (float) volume.maxZ()));
  }

  private static void putVoxels(SourceRow row, VoxelEvidence voxels) {
    row.put(SourceColumn.VOXEL_POSE, pose(voxels.worldFromVoxel()));
    row.put(SourceColumn.VOXEL_EXTENT, extent(voxels.extent()));
    row.putInts(SourceColumn.VOXEL_DIMS, Arrays.stream(voxels.dims().toArray()).boxed().toList());
    row.put(SourceColumn.VOXEL_COUNTS, LittleEndian.bytes(voxels.counts().toArray()));
    voxels
        .occupancy()
        .ifPresent(values -> row.put(SourceColumn.VOXEL_OCC, LittleEndian.bytes(values.toArray())));
  }

  private static void putBoxes(
      SourceRow row,
      BoxTable table,
      SourceColumn boxes,
      SourceColumn frame,
      SourceColumn names,
      SourceColumn sourceIndex) {
    List<OrientedBox> objects =
        table.boxes().stream().filter(box -> BoxPadding.of(box).isEmpty()).toList();
    float[] values = new float[OrientedBox.LENGTH * objects.size()];
    for (int i = 0; i < objects.size(); i++) {
      System.arraycopy(
          objects.get(i).toFloats(), 0, values, OrientedBox.LENGTH * i, OrientedBox.LENGTH);
    }
    row.put(boxes, LittleEndian.bytes(values));
    row.put(frame, table.frame() == BoxTable.Frame.WORLD ? "world" : "snippet");
    row.putNames(names, table.classNames());
    row.putInts(sourceIndex, objects.stream().map(OrientedBox::sourceIndex).toList());
  }

  private static void putPose(SourceRow row, SourceColumn column, Optional<Pose12> pose) {
    pose.ifPresent(value -> row.put(column, pose(value)));
  }

  private static byte[] pose(Pose12 pose) {
    return LittleEndian.bytes(pose.toFloats());
  }

  private static byte[] poses(List<Pose12> poses) {
    float[] values = new float[Pose12.LENGTH * poses.size()];
    for (int i = 0; i < poses.size(); i++) {
      System.arraycopy(poses.get(i).toFloats(), 0, values, Pose12.LENGTH * i, Pose12.LENGTH);
    }
    return LittleEndian.bytes(values);
  }

  private static byte[] calibrations(List<CameraCalibration> cameras) {
    float[] values = new float[CameraCalibration.LENGTH * cameras.size()];
    for (int i = 0; i < cameras.size(); i++) {
      System.arraycopy(
          cameras.get(i).toFloats(),
          0,
          values,
          CameraCalibration.LENGTH * i,
          CameraCalibration.LENGTH);
    }
    return LittleEndian.bytes(values);
  }

  private static byte[] extent(AxisAlignedBox box) {
    return LittleEndian.bytes(
        (float) box.minX(),
        (float) box.maxX(),
        (float) box.minY(),
        (float) box.maxY(),
        (float) box.minZ(),
        (float) box.maxZ());
  }
}
