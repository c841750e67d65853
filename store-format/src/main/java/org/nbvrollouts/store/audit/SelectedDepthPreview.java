package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A coarse copy of the depth image of one step: every so many rows and columns, from the first,
 * nothing averaged. Size and camera are those of the whole image. Immutable.
 */
public final class SelectedDepthPreview {
  private final long stepRowId;
  private final DepthTable.Found found;
  private final int stride;

  SelectedDepthPreview(long stepRowId, DepthTable.Found found, int maxSize) {
    this.stepRowId = stepRowId;
    this.found = found;
    int longest = found.image().map(image -> Math.max(image.height(), image.width())).orElse(1);
    int most = Math.max(1, maxSize);
    this.stride = Math.max(1, (longest + most - 1) / most);
  }

  /** True if there is an image; without one, height and width are 0. */
  public boolean isAvailable() {
    return found.image().isPresent();
  }

  /** Rows of the copy. */
  public int height() {
    return found.image().map(image -> (image.height() + stride - 1) / stride).orElse(0);
  }

  /** Columns of the copy. */
  public int width() {
    return found.image().map(image -> (image.width() + stride - 1) / stride).orElse(0);
  }

  /** Distance of the copied pixels in the whole image. */
  public int stride() {
    return stride;
  }

  /** Depth in metres; NaN where the mask forbids it or it is not finite. */
  public float metres(int y, int x) {
    return image().metres(y * stride, x * stride);
  }

  /** What the mask says. */
  public boolean isValid(int y, int x) {
    return image().isValid(y * stride, x * stride);
  }

  private DepthImage image() {
    return found.image().orElseThrow(() -> new IllegalStateException(found.warning()));
  }

  /** Why there is no image. */
  public Optional<DepthUnavailable> reason() {
    return Optional.ofNullable(found.reason());
  }

  /** The reason in words, {@code ""} if there is an image. */
  public String warning() {
    return found.warning();
  }

  /** Everything but the pixels. */
  public AuditRow summary() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("available", isAvailable());
    row.put("step_row_id", stepRowId);
    row.put("candidate_row_id", found.candidateRowId());
    Optional<DepthImage> image = found.image();
    row.put("image_size_hw", image.map(full -> List.of(full.height(), full.width())).orElse(null));
    row.put(
        "focal_px",
        image.map(full -> pair(full.camera().focalX(), full.camera().focalY())).orElse(null));
    row.put(
        "principal_point_px",
        image
            .map(full -> pair(full.camera().principalX(), full.camera().principalY()))
            .orElse(null));
    row.put("stride", image.isPresent() ? stride : null);
    row.put("warning_code", reason().map(DepthUnavailable::code).orElse(""));
    row.put("warning", warning());
    return new AuditRow(row);
  }

  private static List<Double> pair(double first, double second) {
    return Arrays.asList(finite(first), finite(second));
  }

  private static Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  /** Everything: {@link #summary} with {@code depth_m} and {@code valid_mask} row by row. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>(summary().values());
    List<List<Double>> depth = new ArrayList<>();
    List<List<Boolean>> mask = new ArrayList<>();
    for (int y = 0; y < height(); y++) {
      List<Double> depthRow = new ArrayList<>();
      List<Boolean> maskRow = new ArrayList<>();
      for (int x = 0; x < width(); x++) {
        depthRow.add(finite(metres(y, x)));
        maskRow.add(isValid(y, x));
      }
      depth.add(depthRow);
      mask.add(maskRow);
    }
    json.put("depth_m", isAvailable() ? depth : null);
    json.put("valid_mask", isAvailable() ? mask : null);
    return json;
  }
}
