package org.nbvrollouts.store.source.rollout;

import java.util.Optional;

/**
 * The columns of a sample row in schema order (specification source 11.2). Writer, reader and row
 * hash all follow this one list.
 */
enum SourceColumn {
  SAMPLE_INDEX("sample_index", Kind.INT64, true),
  SAMPLE_KEY("sample_key", Kind.STRING, true),
  SCENE_ID("scene_id", Kind.STRING, true),
  SNIPPET_ID("snippet_id", Kind.STRING, true),
  SPLIT("split", Kind.STRING, true),
  SOURCE_SHARD_ID("source_shard_id", Kind.STRING, true),
  SOURCE_SHARD_ROW("source_shard_row", Kind.INT64, true),
  T_WORLD_RIG("t_world_rig", Kind.BYTES, true),
  TRAJECTORY_TIME_NS("trajectory_time_ns", Kind.INT64_LIST, false),
  GRAVITY_IN_WORLD("gravity_in_world", Kind.BYTES, false),
  ROOT_POSE_WORLD_RIG("root_pose_world_rig", Kind.BYTES, true),
  REFERENCE_POSE_WORLD_RIG("reference_pose_world_rig", Kind.BYTES, false),
  T_WORLD_SNIPPET("t_world_snippet", Kind.BYTES, false),
  RGB_CALIB("rgb_calib", Kind.BYTES, true),
  POINTS_WORLD("points_world", Kind.BYTES, true),
  POINTS_INV_DIST_STD("points_inv_dist_std", Kind.BYTES, false),
  POINTS_FRAME("points_frame", Kind.BYTES, false),
  VOLUME_MIN("volume_min", Kind.BYTES, false),
  VOLUME_MAX("volume_max", Kind.BYTES, false),
  OCCUPANCY_EXTENT("occupancy_extent", Kind.BYTES, true),
  DETECTED_OBBS("detected_obbs", Kind.BYTES, false),
  DETECTED_FRAME("detected_frame", Kind.STRING, false),
  DETECTED_NAMES("detected_names", Kind.NAMES, false),
  DETECTED_SOURCE_INDEX("detected_source_index", Kind.INT32_LIST, false),
  GT_OBBS("gt_obbs", Kind.BYTES, false),
  GT_FRAME("gt_frame", Kind.STRING, false),
  GT_NAMES("gt_names", Kind.NAMES, false),
  GT_SOURCE_INDEX("gt_source_index", Kind.INT32_LIST, false),
  VOXEL_POSE("voxel_pose", Kind.BYTES, false),
  VOXEL_EXTENT("voxel_extent", Kind.BYTES, false),
  VOXEL_DIMS("voxel_dims", Kind.INT32_LIST, false),
  VOXEL_COUNTS("voxel_counts", Kind.BYTES, false),
  VOXEL_OCC("voxel_occ", Kind.BYTES, false),
  ROOT_EVAL_POINTS_WORLD("root_eval_points_world", Kind.BYTES, false),
  ROOT_EVAL_META("root_eval_meta", Kind.STRING, false),
  MESH_SHA256("mesh_sha256", Kind.STRING, true),
  MESH_VERTICES("mesh_vertices", Kind.INT64, false),
  MESH_FACES("mesh_faces", Kind.INT64, false),
  ROW_SHA256("row_sha256", Kind.STRING, true);

  /** How a value is held in memory and in Parquet. */
  enum Kind {
    INT64,
    STRING,
    /** Little-endian float32 or int32 values. */
    BYTES,
    INT64_LIST,
    INT32_LIST,
    /** Map from int32 class id to class name. */
    NAMES
  }

  private final String columnName;
  private final Kind kind;
  private final boolean required;

  SourceColumn(String columnName, Kind kind, boolean required) {
    this.columnName = columnName;
    this.kind = kind;
    this.required = required;
  }

  static Optional<SourceColumn> named(String columnName) {
    for (SourceColumn column : values()) {
      if (column.columnName.equals(columnName)) {
        return Optional.of(column);
      }
    }
    return Optional.empty();
  }

  String columnName() {
    return columnName;
  }

  Kind kind() {
    return kind;
  }

  boolean isRequired() {
    return required;
  }
}
