package org.nbvrollouts.store.audit;

import java.util.OptionalInt;

/**
 * What rows of other tables show of their rollout. The split is that of the source row. Texts of a
 * missing rollout are {@code ""}, numbers {@code null}, and its target is −1. Not thread-safe.
 */
final class RolloutFacts {
  private static final String ROLLOUTS = "rollouts";

  private final AuditStore store;
  private final AuditTable rollouts;
  private final AuditColumn scene;
  private final AuditColumn policy;
  private final AuditColumn target;
  private final AuditColumn source;
  private final AuditColumn split;

  RolloutFacts(AuditStore store) {
    this.store = store;
    this.rollouts = store.table(ROLLOUTS);
    this.scene = rollouts.optional("scene_id");
    this.policy = rollouts.optional("policy_id");
    this.target = rollouts.optional("target_row_id");
    this.source = rollouts.optional("source_row_id");
    this.split = store.table("sources").optional("split_id");
  }

  /** The table itself, for further columns. */
  AuditTable table() {
    return rollouts;
  }

  /** Row of a rollout in its table. */
  OptionalInt row(long rolloutRowId) {
    return store.reader().rowOf(ROLLOUTS, rolloutRowId);
  }

  String scene(long rolloutRowId) {
    return text("scene", scene, rolloutRowId);
  }

  String policy(long rolloutRowId) {
    return text("policy", policy, rolloutRowId);
  }

  private String text(String dictionary, AuditColumn column, long rolloutRowId) {
    OptionalInt row = row(rolloutRowId);
    return row.isEmpty() ? "" : store.text(dictionary, column.integer(row.getAsInt()));
  }

  String split(long rolloutRowId) {
    OptionalInt row = row(rolloutRowId);
    if (row.isEmpty() || !source.isPresent()) {
      return "";
    }
    OptionalInt sourceRow = store.reader().rowOf("sources", source.longAt(row.getAsInt()));
    return sourceRow.isEmpty() ? "" : store.text("split", split.integer(sourceRow.getAsInt()));
  }

  long target(long rolloutRowId) {
    OptionalInt row = row(rolloutRowId);
    return row.isEmpty() || !target.isPresent() ? -1 : target.longAt(row.getAsInt());
  }
}
