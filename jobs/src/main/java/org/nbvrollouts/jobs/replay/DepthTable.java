package org.nbvrollouts.jobs.replay;

import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** The depth image of a chosen view in {@code selected_depth} (specification store 2.17, 8). */
final class DepthTable {
  private static final String DEPTH = "selected_depth/depth_m";
  private static final String MASK = "selected_depth/valid_mask";

  private final Comparison comparison;
  private final RolloutZarrStoreReader reader;

  DepthTable(Comparison comparison, RolloutZarrStoreReader reader) {
    this.comparison = comparison;
    this.reader = reader;
  }

  /**
   * Compares an image.
   *
   * @param candidateRow row of the chosen candidate
   * @param metres recomputed depth, row by row, NaN where there is none
   */
  void compare(
      StoredStep step, StoredRow row, int candidateRow, PinholeCamera camera, double[] metres) {
    comparison.integer(row, "step_row_id", step.row().row());
    comparison.integer(row, "candidate_row_id", candidateRow);
    comparison.reals(row, "focal_px", new double[] {camera.fx(), camera.fy()}, Tolerance.FLOAT);
    comparison.reals(
        row, "principal_point_px", new double[] {camera.cx(), camera.cy()}, Tolerance.FLOAT);
    comparison.reals(
        row, "image_size_hw", new double[] {camera.height(), camera.width()}, Tolerance.EXACT);
    TypedArray depth = reader.rows(DEPTH, row.row(), 1);
    TypedArray mask = reader.rows(MASK, row.row(), 1);
    comparison.size(DEPTH, "row " + row.row(), depth.size(), metres.length);
    for (int pixel = 0; pixel < Math.min(depth.size(), metres.length); pixel++) {
      boolean isSeen = !Double.isNaN(metres[pixel]);
      String index = row.row() + ", " + pixel / camera.width() + ", " + pixel % camera.width();
      comparison.element(
          DEPTH, index, depth.doubleAt(pixel), isSeen ? metres[pixel] : 0, Tolerance.HALF);
      comparison.element(MASK, index, mask.doubleAt(pixel), isSeen ? 1 : 0, Tolerance.EXACT);
    }
  }
}
