package org.nbvrollouts.store.audit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * The depth images of a store, one at a time. Images that follow each other come out of one decoded
 * page of a few MiB, which is all that is kept. Not thread-safe.
 */
final class DepthTable {
  private static final String GROUP = "selected_depth";
  private static final String DEPTH = GROUP + "/depth_m";
  private static final String MASK = GROUP + "/valid_mask";

  private final RolloutZarrStoreReader store;
  private final Map<String, AuditColumn> columns = new HashMap<>();
  private Map<Long, StepRows> rowsOfStep;

  /** First row of a step, and how many it has. */
  private record StepRows(int first, int count) {}

  DepthTable(RolloutZarrStoreReader store) {
    this.store = store;
  }

  /**
   * What a step has.
   *
   * @param image the image, if there is one to show
   * @param candidateRowId candidate that the table names for the step, or null
   * @param reason why there is no image, or null
   * @param warning the reason in words, {@code ""} if there is an image
   */
  record Found(
      Optional<DepthImage> image, Long candidateRowId, DepthUnavailable reason, String warning) {
    static Found none(DepthUnavailable reason, String warning) {
      return new Found(Optional.empty(), null, reason, warning);
    }

    Found ofCandidate(long id) {
      return new Found(image, id, reason, warning);
    }
  }

  /** Why no step has an image, or empty if some may. */
  Optional<Found> absence() {
    if (Boolean.FALSE.equals(store.rootAttributes().get("selected_depth_enabled"))) {
      return Optional.of(
          Found.none(DepthUnavailable.DISABLED, "the store says that it keeps no depth images"));
    }
    if (!store.hasGroup(GROUP)) {
      return Optional.of(
          Found.none(DepthUnavailable.MISSING_TABLE, "the store has no table " + GROUP));
    }
    List<String> missing =
        StoreSchema.current().arrays(GROUP).stream()
            .filter(spec -> !store.hasArray(spec.path()))
            .map(ArraySpec::name)
            .toList();
    return missing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Found.none(
                DepthUnavailable.MISSING_COLUMN,
                "%s has no %s".formatted(GROUP, String.join(", ", missing))));
  }

  /** The image of a step that names this candidate as its choice. */
  Found find(long stepRowId, long candidateRowId) {
    Optional<Found> absent = absence();
    if (absent.isPresent()) {
      return absent.get();
    }
    try {
      return findStored(stepRowId, candidateRowId);
    } catch (InvalidContentException e) {
      // The images of other steps may be readable, so this is the answer for this one only.
      return Found.none(DepthUnavailable.UNREADABLE, e.getMessage());
    }
  }

  private Found findStored(long stepRowId, long candidateRowId) {
    StepRows rows = rowsOfStep().getOrDefault(stepRowId, new StepRows(0, 0));
    if (rows.count() != 1) {
      return Found.none(
          DepthUnavailable.ROW_COUNT, "the step has %d depth rows, not 1".formatted(rows.count()));
    }
    long candidate = one("candidate_row_id", rows.first()).longAt(0);
    if (candidate != candidateRowId) {
      return Found.none(
              DepthUnavailable.CANDIDATE_MISMATCH,
              "the depth is that of candidate %d, the step chose %d"
                  .formatted(candidate, candidateRowId))
          .ofCandidate(candidate);
    }
    return image(rows.first()).ofCandidate(candidate);
  }

  private Map<Long, StepRows> rowsOfStep() {
    if (rowsOfStep == null) {
      String path = GROUP + "/step_row_id";
      store.requirePlausibleSize(
          StoreSchema.current().arrays(GROUP).stream().map(ArraySpec::path).toList());
      Map<Long, StepRows> rows = new HashMap<>();
      TypedArray ids = store.array(path);
      for (int row = 0; row < ids.rows(); row++) {
        rows.merge(
            ids.longAt(row),
            new StepRows(row, 1),
            (seen, more) -> new StepRows(seen.first(), seen.count() + 1));
      }
      rowsOfStep = rows;
    }
    return rowsOfStep;
  }

  private Found image(int row) {
    List<Long> shape = store.shape(DEPTH);
    if (shape.size() != 3 || !shape.equals(store.shape(MASK)) || row >= shape.get(0)) {
      return Found.none(
          DepthUnavailable.SHAPE_MISMATCH,
          "depth is of shape %s and its mask of shape %s".formatted(shape, store.shape(MASK)));
    }
    for (String name : List.of("focal_px", "principal_point_px", "image_size_hw")) {
      List<Long> pairs = store.shape(GROUP + "/" + name);
      if (pairs.size() != 2 || pairs.get(1) != 2 || row >= pairs.get(0)) {
        return Found.none(
            DepthUnavailable.CAMERA_METADATA,
            "%s is of shape %s, not two values per row".formatted(name, pairs));
      }
    }
    TypedArray size = one("image_size_hw", row);
    if (size.longAt(0) != shape.get(1) || size.longAt(1) != shape.get(2)) {
      return Found.none(
          DepthUnavailable.IMAGE_SIZE_MISMATCH,
          "the image is %d x %d, its table says %d x %d (height x width)"
              .formatted(shape.get(1), shape.get(2), size.longAt(0), size.longAt(1)));
    }
    TypedArray focal = one("focal_px", row);
    TypedArray principal = one("principal_point_px", row);
    DepthImage.Camera camera =
        new DepthImage.Camera(
            focal.doubleAt(0), focal.doubleAt(1), principal.doubleAt(0), principal.doubleAt(1));
    return new Found(
        Optional.of(new DepthImage(one("depth_m", row), one("valid_mask", row), camera)),
        null,
        null,
        "");
  }

  /** One row of a column, out of the page that holds it. */
  private TypedArray one(String name, int row) {
    String path = GROUP + "/" + name;
    return columns
        .computeIfAbsent(
            path,
            unread ->
                new AuditColumn(
                    store, path, true, (int) Math.min(Integer.MAX_VALUE, store.shape(path).get(0))))
        .elements(row);
  }
}
