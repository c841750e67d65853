package org.nbvrollouts.jobs.replay;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.reference.ReferenceCrops;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Rows of one step in {@code target_eval_crops} (specification store 2.18, 4.9). */
final class CropTable {
  private static final String POINTS = "target_eval_crops/points_world";
  private static final String MASK = "target_eval_crops/mask";
  private static final int CURRENT = 0;
  private static final int CANDIDATE = 1;

  private final Comparison comparison;
  private final RolloutZarrStoreReader reader;
  private final TargetScorerConfig scorer;

  CropTable(Comparison comparison, RolloutZarrStoreReader reader, TargetScorerConfig scorer) {
    this.comparison = comparison;
    this.reader = reader;
    this.scorer = scorer;
  }

  /** One expected row. */
  private record Crop(int role, long candidateRow, List<Point3> points) {}

  /**
   * Compares the rows of a step.
   *
   * @param validRows shell index per valid candidate
   */
  void compare(StoredStep step, ReferenceCrops crops, List<Integer> validRows) {
    List<Crop> expected = new ArrayList<>();
    expected.add(new Crop(CURRENT, -1, crops.current()));
    for (int rank = 0; rank < validRows.size(); rank++) {
      int shellIndex = validRows.get(rank);
      long row =
          shellIndex < step.candidates().size() ? step.candidates().get(shellIndex).row() : -1;
      expected.add(new Crop(CANDIDATE, row, crops.candidates().get(rank)));
    }
    List<StoredRow> stored = step.crops();
    comparison.size(
        "target_eval_crops", "step " + step.row().row(), stored.size(), expected.size());
    for (int i = 0; i < Math.min(stored.size(), expected.size()); i++) {
      compare(step, stored.get(i), expected.get(i));
    }
  }

  private void compare(StoredStep step, StoredRow row, Crop crop) {
    int width = Math.toIntExact(reader.shape(MASK).get(1));
    int length = Math.min(crop.points().size(), width);
    comparison.integer(row, "crop_row_id", row.row());
    comparison.integer(row, "step_row_id", step.row().row());
    comparison.integer(row, "candidate_row_id", crop.candidateRow());
    comparison.integer(row, "source_role_id", crop.role());
    comparison.text(row, "crop_policy_id", TargetScorerConfig.TARGET_CROP_POLICY);
    comparison.real(row, "voxel_size_m", scorer.evalFusionVoxelSizeMetres(), Tolerance.FLOAT);
    comparison.integer(row, "max_points", scorer.targetEvalMaxPoints());
    comparison.integer(row, "lengths", length);
    TypedArray points = reader.rows(POINTS, row.row(), 1);
    TypedArray mask = reader.rows(MASK, row.row(), 1);
    for (int point = 0; point < width; point++) {
      String place = row.row() + ", " + point;
      boolean isPoint = point < length;
      Point3 expected = isPoint ? crop.points().get(point) : new Point3(0, 0, 0);
      double[] values = {expected.x(), expected.y(), expected.z()};
      for (int axis = 0; axis < values.length; axis++) {
        comparison.element(
            POINTS,
            place + ", " + axis,
            points.doubleAt(3 * point + axis),
            values[axis],
            Tolerance.GAIN);
      }
      comparison.element(MASK, place, mask.doubleAt(point), isPoint ? 1 : 0, Tolerance.EXACT);
    }
  }
}
