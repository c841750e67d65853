package org.nbvrollouts.store.check;

import java.util.List;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;

/** Phase F: audit point clouds (specification store 6). */
final class CropChecks {
  private static final String GROUP = "target_eval_crops";
  private static final String IDS = GROUP + "/crop_row_id";
  private static final String POINTS = GROUP + "/points_world";
  private static final String MASK = GROUP + "/mask";
  private static final String LENGTHS = GROUP + "/lengths";

  private final CheckContext context;

  CropChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    if (!Boolean.TRUE.equals(context.root("target_eval_crops_enabled"))) {
      context.check(
          "F2",
          IDS,
          () -> {
            if (context.has(IDS) && context.rows(IDS) > 0) {
              context.fail("F2", IDS, 0, "rows although evaluation crops are disabled");
            }
          });
      return;
    }
    List<String> missing = context.absentArrays(GROUP);
    missing.removeIf(name -> name.startsWith("crop_policy_dictionary"));
    if (!missing.isEmpty()) {
      context.fail("F3", GROUP, -1, "arrays are missing: " + String.join(", ", missing));
      return;
    }
    attribute("F4", "role", "oracle_eval_only");
    attribute("F5", "coordinate_frame", "world");
    context.check("F6", POINTS, this::shapes);
  }

  private void attribute(String code, String name, String expected) {
    Object found = context.attribute(GROUP, name);
    if (!expected.equals(found)) {
      context.fail(
          code, GROUP, -1, "attribute %s is %s, expected %s".formatted(name, found, expected));
    }
  }

  private void shapes() {
    List<Long> points = context.shape(POINTS);
    if (points.size() != 3 || points.get(2) != 3) {
      context.fail("F6", POINTS, -1, "shape %s, expected (K, P, 3)".formatted(points));
      return;
    }
    long crops = points.get(0);
    long width = points.get(1);
    if (hasShape("F7", MASK, List.of(crops, width))
        && hasShape("F8", LENGTHS, List.of(crops))
        && hasShape("F9", IDS, List.of(crops))) {
      rows(width);
    }
  }

  private boolean hasShape(String code, String path, List<Long> expected) {
    if (context.shape(path).equals(expected)) {
      return true;
    }
    context.fail(code, path, -1, "shape %s, expected %s".formatted(context.shape(path), expected));
    return false;
  }

  private void rows(long width) {
    int crops = context.rows(IDS);
    context.check(
        "F10",
        IDS,
        () -> {
          Elements ids = context.array(IDS);
          context.failWhere("F10", IDS, crops, row -> ids.longAt(row) != row, "id is not the row");
        });
    context.check(
        "F11",
        LENGTHS,
        () -> {
          Elements lengths = context.array(LENGTHS);
          context.failWhere(
              "F11",
              LENGTHS,
              crops,
              row -> lengths.longAt(row) < 0 || lengths.longAt(row) > width,
              "length outside 0 to " + width);
        });
    context.check("F12", MASK, this::masks);
    if (width != context.rootNumber("target_eval_crops_max_points")) {
      context.fail(
          "F13",
          POINTS,
          -1,
          "width %d, expected %d"
              .formatted(width, context.rootNumber("target_eval_crops_max_points")));
    }
    context.check("F14", GROUP + "/step_row_id", () -> steps(crops));
    context.check("F15", GROUP + "/source_role_id", () -> roles(crops));
  }

  private void masks() {
    Elements lengths = context.array(LENGTHS);
    Tally bad = new Tally();
    context
        .pages()
        .forEachPage(
            MASK,
            (first, mask) -> {
              int width = mask.rowSize();
              for (int row = 0; row < mask.rows(); row++) {
                int count = 0;
                for (int i = row * width; i < (row + 1) * width; i++) {
                  count += mask.booleanAt(i) ? 1 : 0;
                }
                long length = lengths.longAt(first + row);
                if (count != length) {
                  bad.add(first + row, "%d true entries, expected %d".formatted(count, length));
                }
              }
            });
    context.failAt("F12", MASK, bad, bad.detail());
  }

  private void steps(int crops) {
    String path = GROUP + "/step_row_id";
    Elements steps = context.array(path);
    IdIndex known = context.index("steps/step_row_id");
    context.failWhere(
        "F14", path, crops, row -> !known.contains(steps.longAt(row)), "unknown step");
  }

  private void roles(int crops) {
    String path = GROUP + "/source_role_id";
    String candidatePath = GROUP + "/candidate_row_id";
    Elements roles = context.array(path);
    context.failWhere(
        "F15",
        path,
        crops,
        row -> roles.longAt(row) != 0 && roles.longAt(row) != 1,
        "role is neither 0 nor 1");
    context.check(
        "F16",
        candidatePath,
        () -> {
          Elements candidates = context.array(candidatePath);
          context.failWhere(
              "F16",
              candidatePath,
              crops,
              row -> roles.longAt(row) == 0 && candidates.longAt(row) != -1,
              "current points with a candidate");
        });
    context.check(
        "F17",
        candidatePath,
        () -> {
          Elements candidates = context.array(candidatePath);
          IdIndex known = context.index("candidates/candidate_row_id");
          context.failWhere(
              "F17",
              candidatePath,
              crops,
              row -> roles.longAt(row) == 1 && !known.contains(candidates.longAt(row)),
              "unknown candidate");
        });
  }
}
