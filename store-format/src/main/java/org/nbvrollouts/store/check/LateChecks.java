package org.nbvrollouts.store.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.table.Elements;
import org.nbvrollouts.store.table.IdIndex;

/**
 * The additions of late 1.0 (specification store 6.1): target sources, protocols, and masks judged
 * by the columns they follow from.
 */
final class LateChecks {
  private static final String SOURCES = "targets/target_source_id";
  private static final String V0 = "v0_gt_input";
  private static final String V1 = "v1_observed";

  /** Target sources that a protocol admits. */
  private static final Map<String, Set<String>> ADMITTED =
      Map.of(V0, Set.of("", "gt_obbs_oracle"), V1, Set.of("detected_obbs"));

  private final CheckContext context;

  LateChecks(CheckContext context) {
    this.context = context;
  }

  void run() {
    context.check("L1", SOURCES, this::sourceIds);
    String protocol = context.rootText("target_protocol_version").replace('-', '_');
    if (!ADMITTED.containsKey(protocol)) {
      context.fail(
          "L2",
          "",
          -1,
          "unknown target protocol %s, expected %s or %s".formatted(protocol, V0, V1));
    } else {
      context.check("L3", SOURCES, () -> sources(protocol));
    }
    context.check("L4", "targets/target_valid_mask", this::validity);
    context.check("L5", "targets/gt_label_valid_mask", this::labels);
    context.check("L6", "candidates/q_train_mask", this::training);
  }

  private void sourceIds() {
    Elements ids = context.array(SOURCES);
    int targets = context.rows("targets/target_row_id");
    if (ids.rank() != 1 || ids.rows() != targets) {
      context.fail("L1", SOURCES, -1, "shape %s, expected [%d]".formatted(ids.shape(), targets));
      return;
    }
    int entries = context.store().dictionary("target_source").size();
    context.failWhere(
        "L1",
        SOURCES,
        ids.rows(),
        row -> ids.longAt(row) < 0 || ids.longAt(row) >= entries,
        "names no entry of dictionary target_source");
  }

  /** Ids outside the dictionary are left to L1. */
  private void sources(String protocol) {
    Elements ids = context.array(SOURCES);
    List<String> entries = context.store().dictionary("target_source");
    context.failWhere(
        "L3",
        SOURCES,
        ids.rows(),
        row -> {
          long id = ids.longAt(row);
          return id >= 0
              && id < entries.size()
              && !ADMITTED.get(protocol).contains(entries.get((int) id));
        },
        "does not suit the target protocol " + protocol);
  }

  private void validity() {
    Elements valid = context.array("targets/target_valid_mask");
    Elements bitsets = context.array("targets/target_invalid_reason_bitset");
    context.failWhere(
        "L4",
        "targets/target_valid_mask",
        Math.min(valid.rows(), bitsets.rows()),
        row -> valid.booleanAt(row) != (bitsets.longAt(row) == TargetInvalidReason.VALID.mask()),
        "is not: target_invalid_reason_bitset is 1");
  }

  private void labels() {
    Elements label = context.array("targets/gt_label_valid_mask");
    Elements statuses = context.array("targets/gt_match_status_id");
    Elements matched = context.array("targets/matched_gt_target_row_id");
    context.failWhere(
        "L5",
        "targets/gt_label_valid_mask",
        Math.min(label.rows(), Math.min(statuses.rows(), matched.rows())),
        row ->
            label.booleanAt(row)
                != (StoreSchema.LABEL_MATCH_STATUSES.contains(
                        context.text("target_match_status", statuses.longAt(row)))
                    && matched.longAt(row) >= 0),
        "is not: a usable match status and a matched row");
  }

  /** By the stored masks of the target, which L4 and L5 judge. */
  private void training() {
    Elements train = context.array("candidates/q_train_mask");
    Elements actor = context.array("candidates/actor_action_mask");
    Elements label = context.array("candidates/oracle_label_mask");
    Elements rollouts = context.array("candidates/rollout_row_id");
    Elements targets = context.array("rollouts/target_row_id");
    Elements targetValid = context.array("targets/target_valid_mask");
    Elements labelValid = context.array("targets/gt_label_valid_mask");
    IdIndex rolloutRows = context.index("rollouts/rollout_row_id");
    IdIndex targetRows = context.index("targets/target_row_id");
    context.failWhere(
        "L6",
        "candidates/q_train_mask",
        train.rows(),
        row -> {
          int rollout = rolloutRows.row(rollouts.longAt(row));
          int target = rollout < 0 ? -1 : targetRows.row(targets.longAt(rollout));
          boolean admitted =
              target >= 0 && targetValid.booleanAt(target) && labelValid.booleanAt(target);
          return train.booleanAt(row) != (actor.booleanAt(row) && label.booleanAt(row) && admitted);
        },
        "is not: selectable, labelled and of an admitted target");
  }
}
