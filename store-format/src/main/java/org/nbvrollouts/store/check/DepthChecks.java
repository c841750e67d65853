package org.nbvrollouts.store.check;

import java.util.List;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.table.Elements;

/** Phase E: depth images of selected views (specification store 6). */
final class DepthChecks {
  private static final String GROUP = "selected_depth";
  private static final String DEPTH = GROUP + "/depth_m";
  private static final String MASK = GROUP + "/valid_mask";

  private final CheckContext context;

  DepthChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    if (!Boolean.TRUE.equals(context.root("selected_depth_enabled"))) {
      return;
    }
    List<String> missing = context.absentArrays(GROUP);
    if (!missing.isEmpty()) {
      context.fail("E1", GROUP, -1, "arrays are missing: " + String.join(", ", missing));
      return;
    }
    equal("E2", GROUP + "/step_row_id", "steps/step_row_id");
    equal("E3", GROUP + "/candidate_row_id", "steps/selected_candidate_row_id");
    context.check("E4", DEPTH, () -> raster("E4", DEPTH));
    context.check("E5", MASK, () -> raster("E5", MASK));
    context.check("E6", DEPTH, () -> type("E6", DEPTH, ElementType.FLOAT16));
    context.check("E7", MASK, () -> type("E7", MASK, ElementType.BOOL));
    for (String name : List.of("focal_px", "principal_point_px", "image_size_hw")) {
      String path = GROUP + "/" + name;
      context.check("E8", path, () -> shape("E8", path, List.of(steps(), 2L)));
    }
  }

  private long steps() {
    return context.rows("steps/step_row_id");
  }

  private void equal(String code, String path, String expectedPath) {
    context.check(
        code,
        path,
        () -> {
          Elements found = context.array(path);
          Elements expected = context.array(expectedPath);
          if (found.rows() != expected.rows()) {
            context.fail(
                code,
                path,
                -1,
                "%s has %d rows, expected %d".formatted(path, found.rows(), expected.rows()));
          } else {
            context.failWhere(
                code,
                path,
                found.rows(),
                row -> found.longAt(row) != expected.longAt(row),
                path + " differs from " + expectedPath);
          }
        });
  }

  private void raster(String code, String path) {
    shape(
        code,
        path,
        List.of(
            steps(),
            context.rootNumber("selected_depth_height_px"),
            context.rootNumber("selected_depth_width_px")));
  }

  private void shape(String code, String path, List<Long> expected) {
    if (!context.shape(path).equals(expected)) {
      context.fail(
          code, path, -1, "shape %s, expected %s".formatted(context.shape(path), expected));
    }
  }

  private void type(String code, String path, ElementType expected) {
    ElementType found = context.store().elementType(path);
    if (found != expected) {
      context.fail(
          code, path, -1, "dtype %s, expected %s".formatted(found.zarrName(), expected.zarrName()));
    }
  }
}
