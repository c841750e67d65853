package org.nbvrollouts.store.check;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;

/** Phase I: lineage and provenance (specification store 6). */
final class LineageChecks {
  private final CheckContext context;

  LineageChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    context.check("I1", "q_h/q_train_mask", this::trainedTargets);
    for (String name :
        List.of("source_offline_store_version", "split_manifest_hash", "target_protocol_version")) {
      if (context.rootText(name).isEmpty()) {
        context.fail("I2", "", -1, "root attribute " + name + " is absent or empty");
      }
    }
    for (String name :
        List.of(
            "rollout_row_id",
            "candidate_config_id",
            "oracle_config_id",
            "rollout_config_id",
            "target_protocol_version_id",
            "target_crop_policy_id",
            "reason_code_version_id")) {
      present("lineage/" + name);
    }
    context.check("I4", "lineage/rollout_row_id", this::sameRollouts);
    for (String name :
        List.of(
            "candidate_config_id",
            "oracle_config_id",
            "rollout_config_id",
            "target_crop_policy_id")) {
      named("I5", "lineage/" + name, 0);
    }
    rootText("lineage/target_protocol_version_id", "target_protocol_version");
    rootText("lineage/reason_code_version_id", "reason_code_version");
    for (String name :
        List.of(
            "source_offline_store_manifest_hash_id",
            "split_manifest_hash_id",
            "source_cache_version_id")) {
      named("I7", "sources/" + name, Long.MIN_VALUE);
    }
    provenance("I8", "strategy_id", "without strategy_id");
    provenance("I9", "mixture_id", "without mixture_id");
    provenance("I10", "sampler_probability", "without a finite sampler_probability");
  }

  private void trainedTargets() {
    if (!context.has("q_h/q_train_mask") || !context.has("q_h/target_row_id")) {
      return;
    }
    Elements trained = context.array("q_h/q_train_mask");
    Elements viewTargets = context.array("q_h/target_row_id");
    Elements valid = context.array("targets/target_valid_mask");
    Elements label = context.array("targets/gt_label_valid_mask");
    IdIndex targets = context.index("targets/target_row_id");
    int width = trained.rank() < 2 ? 1 : trained.rowSize();
    context.failWhere(
        "I1",
        "q_h/q_train_mask",
        Math.min(trained.rows(), viewTargets.rows()),
        row -> {
          int target = targets.row(viewTargets.longAt(row));
          boolean admitted = target >= 0 && valid.booleanAt(target) && label.booleanAt(target);
          return !admitted && hasTrue(trained, row * width, width);
        },
        "trainable action of a target without a valid label");
  }

  private static boolean hasTrue(Elements mask, int first, int count) {
    for (int i = first; i < first + count; i++) {
      if (mask.booleanAt(i)) {
        return true;
      }
    }
    return false;
  }

  private void present(String path) {
    Optional<String> absence = context.absence(path);
    if (absence.isPresent()) {
      context.fail("I3", path, -1, absence.get());
      return;
    }
    context.check(
        "I3",
        path,
        () -> {
          Elements ids = context.array(path);
          context.failWhere(
              "I3", path, ids.rows(), row -> ids.longAt(row) < 0, "value is negative");
        });
  }

  private void sameRollouts() {
    Elements found = context.array("lineage/rollout_row_id");
    Elements expected = context.array("rollouts/rollout_row_id");
    if (found.rows() != expected.rows()) {
      context.fail(
          "I4",
          "lineage/rollout_row_id",
          -1,
          "%d rows, expected %d".formatted(found.rows(), expected.rows()));
      return;
    }
    context.failWhere(
        "I4",
        "lineage/rollout_row_id",
        found.rows(),
        row -> found.longAt(row) != expected.longAt(row),
        "differs from rollouts/rollout_row_id");
  }

  /** Ids of at least {@code least} must name a text that is not empty. */
  private void named(String code, String path, long least) {
    context.check(
        code,
        path,
        () -> {
          if (code.equals("I5") && !context.has(path)) {
            return;
          }
          Elements ids = context.array(path);
          context.failWhere(
              code,
              path,
              ids.rows(),
              row -> ids.longAt(row) >= least && context.text("config", ids.longAt(row)).isEmpty(),
              "decodes to an empty text");
        });
  }

  private void rootText(String path, String attribute) {
    context.check(
        "I6",
        path,
        () -> {
          if (!context.has(path)) {
            return;
          }
          Elements ids = context.array(path);
          String expected = context.rootText(attribute);
          context.failWhere(
              "I6",
              path,
              ids.rows(),
              row ->
                  ids.longAt(row) >= 0 && !context.text("config", ids.longAt(row)).equals(expected),
              "is not the root attribute %s, %s".formatted(attribute, expected));
        });
  }

  private void provenance(String code, String column, String message) {
    String path = "candidates/" + column;
    context.check(
        code,
        path,
        () -> {
          Elements actor = context.array("candidates/actor_action_mask");
          Elements values = context.array(path);
          context.failWhere(
              code,
              path,
              actor.rows(),
              row ->
                  actor.booleanAt(row)
                      && (values.type().isFloat()
                          ? !Double.isFinite(values.doubleAt(row))
                          : values.longAt(row) < 0),
              "actor-selectable candidate " + message);
        });
  }
}
