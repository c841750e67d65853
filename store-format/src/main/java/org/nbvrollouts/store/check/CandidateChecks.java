package org.nbvrollouts.store.check;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.ElementType;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.table.Elements;

/** Phases C and D: candidates and their diagnostics (specification store 6). */
final class CandidateChecks {
  private static final String DIAGNOSTICS = "candidate_diagnostics";

  private final CheckContext context;

  CandidateChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    context.check(
        "C1",
        "candidates/selected_mask",
        () -> {
          Elements selected = context.array("candidates/selected_mask");
          Elements actor = context.array("candidates/actor_action_mask");
          context.failWhere(
              "C1",
              "candidates/selected_mask",
              selected.rows(),
              row -> selected.booleanAt(row) && !actor.booleanAt(row),
              "selected candidate is not actor-selectable");
        });
    context.check(
        "C2",
        "candidates/position_id",
        () -> {
          Elements actor = context.array("candidates/actor_action_mask");
          Elements positions = context.array("candidates/position_id");
          context.failWhere(
              "C2",
              "candidates/position_id",
              actor.rows(),
              row -> actor.booleanAt(row) && positions.longAt(row) < 0,
              "actor-selectable candidate without position_id");
        });
    context.check("C3", "rollouts/split_id", this::split);
    sameRows("C4", arraysOf("candidates"));
    diagnostics();
  }

  private void split() {
    Elements splits = context.array("rollouts/split_id");
    context.failWhere(
        "C3",
        "rollouts/split_id",
        splits.rows(),
        row -> splits.longAt(row) != splits.longAt(0),
        "rollouts of a store must belong to exactly one split");
  }

  private void sameRows(String code, Collection<String> paths) {
    for (String path : paths) {
      context.check(
          code,
          path,
          () -> {
            int expected = context.rows("candidates/candidate_row_id");
            if (context.has(path) && context.rows(path) != expected) {
              context.fail(
                  code, path, -1, "%d rows, expected %d".formatted(context.rows(path), expected));
            }
          });
    }
  }

  /** Arrays of the group, also those that the schema does not know. */
  private Collection<String> arraysOf(String group) {
    Set<String> paths = new LinkedHashSet<>();
    StoreSchema.current().arrays(group).forEach(spec -> paths.add(spec.path()));
    context.check("C4", group, () -> paths.addAll(context.store().arrayPaths(group)));
    return paths;
  }

  private void diagnostics() {
    List<ArraySpec> specs = StoreSchema.current().arrays(DIAGNOSTICS);
    List<String> missing = context.absentArrays(DIAGNOSTICS);
    if (!missing.isEmpty()) {
      context.fail("D2", DIAGNOSTICS, -1, "arrays are missing: " + String.join(", ", missing));
      return;
    }
    context.check(
        "D3",
        DIAGNOSTICS + "/candidate_row_id",
        () -> {
          Elements ids = context.array(DIAGNOSTICS + "/candidate_row_id");
          Elements expected = context.array("candidates/candidate_row_id");
          int rows = Math.min(ids.rows(), expected.rows());
          context.failWhere(
              "D3",
              DIAGNOSTICS + "/candidate_row_id",
              rows,
              row -> ids.longAt(row) != expected.longAt(row),
              "differs from candidates/candidate_row_id");
        });
    sameRows("D4", specs.stream().map(ArraySpec::path).toList());
    specs.forEach(spec -> context.check("D5", spec.path(), () -> type(spec)));
    collisions();
  }

  private void type(ArraySpec spec) {
    ElementType found = context.store().elementType(spec.path());
    if (found != spec.type()) {
      context.fail(
          "D5",
          spec.path(),
          -1,
          "dtype %s, expected %s".formatted(found.zarrName(), spec.type().zarrName()));
    }
  }

  private void collisions() {
    String path = DIAGNOSTICS + "/path_collision_mask";
    context.check(
        "D6",
        path,
        () -> {
          Elements collides = context.array(path);
          Elements actor = context.array("candidates/actor_action_mask");
          int rows = Math.min(collides.rows(), actor.rows());
          context.failWhere(
              "D6",
              path,
              rows,
              row -> collides.booleanAt(row) && actor.booleanAt(row),
              "path-colliding candidate is actor-selectable");
        });
    context.check(
        "D7",
        path,
        () -> {
          Elements collides = context.array(path);
          Elements bitsets = context.array("candidates/invalid_reason_bitset");
          int rows = Math.min(collides.rows(), bitsets.rows());
          long bit = InvalidReason.PATH_SEGMENT_COLLISION.mask();
          context.failWhere(
              "D7",
              path,
              rows,
              row -> collides.booleanAt(row) && (bitsets.longAt(row) & bit) == 0,
              "path-colliding candidate without reason PATH_SEGMENT_COLLISION");
        });
  }
}
