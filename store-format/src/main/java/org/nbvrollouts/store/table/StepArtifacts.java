package org.nbvrollouts.store.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.SelectedDepth;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.source.PointCloud;

/**
 * Rows of {@code selected_depth} and {@code target_eval_crops}: what the chosen view saw, and audit
 * point clouds (specification store 4.9).
 */
final class StepArtifacts {
  static final int ROLE_CURRENT = 0;
  static final int ROLE_CANDIDATE = 1;

  private final TableRows depths;
  private final TableRows crops;
  private List<PointCloud> cropPoints = new ArrayList<>();
  private long cropPointCount;
  private final Dictionaries dictionaries;
  private final RolloutZarrStoreConfig config;

  StepArtifacts(
      TableRows depths, TableRows crops, Dictionaries dictionaries, RolloutZarrStoreConfig config) {
    this.depths = depths;
    this.crops = crops;
    this.dictionaries = dictionaries;
    this.config = config;
  }

  /** Writes the depth image of a step if images are stored; each step must then have one. */
  void writeDepth(RolloutStepRecord step, long stepRowId, long candidateRowId, RecordPlace place) {
    if (!config.selectedDepth().enabled()) {
      return;
    }
    SelectedDepth depth =
        step.selectedDepth().orElseThrow(() -> place.reject("no depth image of the chosen view"));
    int width = config.selectedDepth().widthPx();
    int height = config.selectedDepth().heightPx();
    if (depth.width() != width || depth.height() != height) {
      throw place.reject(
          "depth image of %d × %d pixels (expected %d × %d)"
              .formatted(depth.width(), depth.height(), width, height));
    }
    depths
        .set("step_row_id", stepRowId)
        .set("candidate_row_id", candidateRowId)
        .setAll("focal_px", (float) depth.focalX(), (float) depth.focalY())
        .setAll("principal_point_px", (float) depth.principalX(), (float) depth.principalY());
    depths.builder("image_size_hw").add((long) height).add((long) width);
    TypedArrayBuilder metres = depths.builder("depth_m");
    TypedArrayBuilder mask = depths.builder("valid_mask");
    for (int pixel = 0; pixel < width * height; pixel++) {
      float stored = HalfFloat.toFloat(HalfFloat.fromFloat(depth.depthMetres(pixel)));
      boolean measured = depth.isValid(pixel) && Float.isFinite(stored) && stored > 0;
      metres.add(measured ? (double) stored : 0.0);
      mask.addTruth(measured);
    }
    depths.endRow();
  }

  /** Writes the point clouds of a step if they are stored. */
  void writeCrops(
      RolloutStepRecord step, long stepRowId, long firstCandidateRowId, RecordPlace place) {
    if (!config.targetEvalCropsEnabled() || step.evalCrops().isEmpty()) {
      return;
    }
    TargetEvalCrops all = step.evalCrops().get();
    all.currentPoints().ifPresent(points -> writeCrop(all, points, stepRowId, -1, ROLE_CURRENT));
    List<PointCloud> clouds = all.candidatePoints();
    if (clouds.isEmpty()) {
      return;
    }
    if (clouds.size() != step.candidates().validCount()) {
      throw place.reject(
          "%d candidate point clouds (expected one per valid candidate, %d)"
              .formatted(clouds.size(), step.candidates().validCount()));
    }
    int rank = 0;
    for (int row = 0; row < step.candidates().size(); row++) {
      if (step.candidates().valid().at(row)) {
        writeCrop(all, clouds.get(rank++), stepRowId, firstCandidateRowId + row, ROLE_CANDIDATE);
      }
    }
  }

  private void writeCrop(
      TargetEvalCrops all, PointCloud points, long stepRowId, long candidateRowId, int role) {
    int kept = Math.min(points.size(), config.targetEvalCropMaxPoints());
    crops
        .set("crop_row_id", crops.rows())
        .set("step_row_id", stepRowId)
        .set("candidate_row_id", candidateRowId)
        .set("source_role_id", role)
        .set("crop_policy_id", dictionaries.id("config", all.cropPolicy()))
        .setReal("voxel_size_m", all.voxelSizeMetres())
        .set("max_points", all.maxPoints())
        .set("lengths", kept);
    cropPoints.add(points);
    cropPointCount += points.size();
    crops.endRow();
  }

  /** Whether a column of {@code target_eval_crops} is made row by row when they are written. */
  static boolean isWide(ArraySpec spec) {
    return spec.chunkRule() == ArraySpec.ChunkRule.WIDE_ROWS;
  }

  /** Bytes that the clouds since the last {@link #takeClouds} take. */
  long pendingBytes() {
    return 3 * Float.BYTES * cropPointCount;
  }

  /** The wide columns of the clouds since the last call. */
  Map<ArraySpec, ArrayRows> takeClouds() {
    int width = config.targetEvalCropMaxPoints();
    List<PointCloud> clouds = cropPoints;
    cropPoints = new ArrayList<>();
    cropPointCount = 0;
    StoreSchema schema = StoreSchema.current();
    return Map.of(
        schema.array("target_eval_crops/points_world").orElseThrow(),
        new PaddedColumn(PaddedColumn.Content.COORDINATES, width, clouds),
        schema.array("target_eval_crops/mask").orElseThrow(),
        new PaddedColumn(PaddedColumn.Content.MASK, width, clouds));
  }
}
