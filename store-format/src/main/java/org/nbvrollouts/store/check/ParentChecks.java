package org.nbvrollouts.store.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;

/** Phases G and H: sources, targets and roots (specification store 6). */
final class ParentChecks {
  private static final String ROOT_POSE = "rollouts/root_pose_world";
  private static final String ROLLOUT_SOURCE = "rollouts/source_row_id";
  private static final String ROLLOUT_TARGET = "rollouts/target_row_id";
  private static final String VIEW_TARGET = "q_h/target_row_id";

  private final CheckContext context;

  ParentChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    references("G1", ROLLOUT_SOURCE, "sources/source_row_id");
    duplicates("G2", "sources/source_row_id");
    sourceShards();
    references("H1", ROLLOUT_TARGET, "targets/target_row_id");
    duplicates("H2", "targets/target_row_id");
    rootPoses();
    for (String name : List.of("root_time_ns", "root_trajectory_index", "root_frame_index")) {
      rootColumn("rollouts/" + name);
    }
    context.check("H8", VIEW_TARGET, this::viewTargets);
    context.check("H10", ROLLOUT_TARGET, this::targetSources);
  }

  private void references(String code, String path, String keyPath) {
    context.check(
        code,
        path,
        () -> {
          IdIndex known = context.index(keyPath);
          Elements ids = context.array(path);
          context.failWhere(
              code, path, ids.rows(), row -> !known.contains(ids.longAt(row)), "not in " + keyPath);
        });
  }

  private void duplicates(String code, String path) {
    context.check(
        code,
        path,
        () -> {
          Elements ids = context.array(path);
          Set<Long> seen = new HashSet<>();
          context.failWhere(
              code, path, ids.rows(), row -> !seen.add(ids.longAt(row)), "duplicate id");
        });
  }

  private void sourceShards() {
    String path = "sources/source_shard_id";
    List<String> names;
    try {
      names = context.store().dictionary("source_shard");
    } catch (InvalidContentException e) {
      context.fail("G3", "dictionaries/source_shard", -1, "cannot be decoded: " + e.getMessage());
      return;
    }
    context.check(
        "G4",
        path,
        () -> {
          Elements ids = context.array(path);
          context.failWhere(
              "G4",
              path,
              ids.rows(),
              row -> isUnnamed(names, ids.longAt(row)),
              "source_shard_id is out of range or names nothing");
        });
    context.check(
        "G5",
        "sources/source_shard_row",
        () -> {
          Elements rows = context.array("sources/source_shard_row");
          context.failWhere(
              "G5",
              "sources/source_shard_row",
              rows.rows(),
              row -> rows.longAt(row) < 0,
              "source_shard_row is negative");
        });
  }

  private static boolean isUnnamed(List<String> names, long id) {
    return id < 0 || id >= names.size() || names.get((int) id).isEmpty();
  }

  private void rootPoses() {
    Optional<String> absence = context.absence(ROOT_POSE);
    if (absence.isPresent()) {
      context.fail("H3", ROOT_POSE, -1, absence.get());
      return;
    }
    context.check(
        "H4",
        ROOT_POSE,
        () -> {
          List<Long> expected = List.of((long) context.rows("rollouts/rollout_row_id"), 12L);
          if (!context.shape(ROOT_POSE).equals(expected)) {
            context.fail(
                "H4",
                ROOT_POSE,
                -1,
                "shape %s, expected %s".formatted(context.shape(ROOT_POSE), expected));
          }
        });
    context.check(
        "H5",
        ROOT_POSE,
        () -> {
          Elements poses = context.array(ROOT_POSE);
          context.failWhereElement(
              "H5",
              ROOT_POSE,
              poses,
              i -> !Double.isFinite(poses.doubleAt(i)),
              "value is not finite");
        });
  }

  private void rootColumn(String path) {
    Optional<String> absence = context.absence(path);
    if (absence.isPresent()) {
      context.fail("H6", path, -1, absence.get());
      return;
    }
    context.check(
        "H7",
        path,
        () -> {
          List<Long> expected = List.of((long) context.rows("rollouts/rollout_row_id"));
          if (!context.shape(path).equals(expected)) {
            context.fail(
                "H7", path, -1, "shape %s, expected %s".formatted(context.shape(path), expected));
          }
        });
  }

  private void viewTargets() {
    if (!context.has(VIEW_TARGET)) {
      return;
    }
    Elements view = context.array(VIEW_TARGET);
    Elements stepRollouts = context.array("steps/rollout_row_id");
    if (view.rows() != stepRollouts.rows()) {
      context.fail(
          "H9",
          VIEW_TARGET,
          -1,
          "%d rows, expected %d".formatted(view.rows(), stepRollouts.rows()));
      return;
    }
    IdIndex rollouts = context.index("rollouts/rollout_row_id");
    Elements targets = context.array(ROLLOUT_TARGET);
    context.failWhere(
        "H8",
        VIEW_TARGET,
        view.rows(),
        row -> {
          int rollout = rollouts.row(stepRollouts.longAt(row));
          return view.longAt(row) != (rollout < 0 ? -1 : targets.longAt(rollout));
        },
        "not the target of the step's rollout");
  }

  private void targetSources() {
    if (!context.shape(ROLLOUT_SOURCE).equals(context.shape(ROLLOUT_TARGET))) {
      context.fail(
          "H10",
          ROLLOUT_TARGET,
          -1,
          "shape %s, but source_row_id has %s"
              .formatted(context.shape(ROLLOUT_TARGET), context.shape(ROLLOUT_SOURCE)));
      return;
    }
    Elements sources = context.array(ROLLOUT_SOURCE);
    Elements targets = context.array(ROLLOUT_TARGET);
    Map<Long, Set<Long>> sourcesOf = new TreeMap<>();
    Map<Long, Integer> firstRow = new HashMap<>();
    for (int row = 0; row < targets.rows(); row++) {
      sourcesOf
          .computeIfAbsent(targets.longAt(row), target -> new TreeSet<>())
          .add(sources.longAt(row));
      firstRow.putIfAbsent(targets.longAt(row), row);
    }
    sourcesOf.forEach(
        (target, ids) -> {
          if (ids.size() > 1) {
            context.fail(
                "H11",
                ROLLOUT_TARGET,
                firstRow.get(target),
                "target %d belongs to multiple source_row_id values %s".formatted(target, ids));
          }
        });
    context.check("H12", "targets/target_id", new IdentifierChecks(context)::run);
  }
}
