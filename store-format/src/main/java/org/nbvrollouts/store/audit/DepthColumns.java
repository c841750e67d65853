package org.nbvrollouts.store.audit;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.nbvrollouts.store.audit.StepShells.SelectedCandidate;

/** Columns of the depth summary, by position among the steps that were kept. Not thread-safe. */
final class DepthColumns {
  private final AuditStore store;
  private final AuditTable steps;
  private final AuditColumn rollout;
  private final AuditColumn step;
  private final AuditColumn selected;
  private final DepthTable depth;
  private final int[] rows;
  private final long total;
  private final AuditColumns columns = new AuditColumns();
  private int measured = -1;
  private DepthTable.Found found;
  private DepthImage.Statistics statistics;

  DepthColumns(AuditStore store, AuditQuery query) {
    this.store = store;
    this.steps = store.table("steps");
    this.rollout = steps.column("rollout_row_id");
    this.step = steps.column("step_row_id");
    this.selected = steps.column("selected_candidate_row_id");
    this.depth = new DepthTable(store.reader());
    int[] asked =
        IntStream.range(0, steps.rows())
            .filter(row -> query.passes(rollout.longAt(row), step.longAt(row)))
            .toArray();
    this.total = asked.length;
    long most = Math.max(0, query.limit().orElse(Long.MAX_VALUE));
    this.rows = Arrays.copyOf(asked, (int) Math.min(asked.length, most));
    addStep();
    addImage();
    addCamera();
    addChoice();
  }

  AuditRows rows() {
    AuditRows kept = columns.rows(rows.length, slot -> true, OptionalLong.empty());
    return new AuditRows(kept.columns(), kept.rows(), total);
  }

  private <T> IntFunction<T> ofStep(IntFunction<T> column) {
    return slot -> column.apply(rows[slot]);
  }

  private void addStep() {
    columns.add("rollout_row_id", ofStep(rollout::longAt));
    columns.add("step_row_id", ofStep(step::longAt));
    columns.add("step_index", ofStep(steps.optional("step_index")::integer));
    columns.add("selected_candidate_row_id", ofStep(selected::longAt));
  }

  /** Looks at one image at a time; its columns are asked for one after the other. */
  private DepthTable.Found measure(int slot) {
    if (measured != slot) {
      found = depth.find(step.longAt(rows[slot]), selected.longAt(rows[slot]));
      statistics = found.image().map(DepthImage::statistics).orElse(null);
      measured = slot;
    }
    return found;
  }

  private <T> IntFunction<T> ofImage(Function<DepthImage.Statistics, T> value) {
    return slot -> measure(slot).image().isEmpty() ? null : value.apply(statistics);
  }

  private void addImage() {
    columns.add("candidate_row_id", slot -> measure(slot).candidateRowId());
    columns.add("available", slot -> measure(slot).image().isPresent());
    columns.add("valid_pixels", ofImage(DepthImage.Statistics::valid));
    columns.add("finite_pixels", ofImage(DepthImage.Statistics::finite));
    columns.add("pixel_count", ofImage(DepthImage.Statistics::pixels));
    columns.add("valid_fraction", ofImage(of -> (double) of.valid() / of.pixels()));
    columns.add("finite_fraction", ofImage(of -> (double) of.finite() / of.pixels()));
    columns.add("depth_min_m", ofImage(DepthImage.Statistics::least));
    columns.add("depth_mean_m", ofImage(DepthImage.Statistics::mean));
    columns.add("depth_max_m", ofImage(DepthImage.Statistics::most));
  }

  private <T> IntFunction<T> ofCamera(Function<DepthImage, T> value) {
    return slot -> measure(slot).image().map(value).orElse(null);
  }

  private void addCamera() {
    columns.add("image_height", ofCamera(DepthImage::height));
    columns.add("image_width", ofCamera(DepthImage::width));
    columns.add("focal_x_px", ofCamera(image -> image.camera().focalX()));
    columns.add("focal_y_px", ofCamera(image -> image.camera().focalY()));
    columns.add("principal_x_px", ofCamera(image -> image.camera().principalX()));
    columns.add("principal_y_px", ofCamera(image -> image.camera().principalY()));
    columns.add("warning", slot -> measure(slot).warning());
    columns.add(
        "warning_code",
        slot -> measure(slot).reason() == null ? "" : measure(slot).reason().code());
  }

  private void addChoice() {
    StepShells shells =
        StepShells.scan(
            store.table("candidates"),
            Arrays.stream(rows).mapToLong(step::longAt).toArray(),
            Arrays.stream(rows).mapToLong(selected::longAt).toArray());
    SelectedColumns chosen = new SelectedColumns(store, shells::selected);
    columns.add("selected_position", chosen.position());
    columns.add("selected_strategy", chosen.strategy());
    columns.add("selected_mixture", chosen.mixture());
    columns.add("selected_target_root_gain", chosen.number(SelectedCandidate::targetRootGain));
    columns.add("selected_target_rri", chosen.number(SelectedCandidate::targetRri));
  }
}
