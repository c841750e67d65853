package org.nbvrollouts.store.audit;

import java.util.OptionalLong;

/**
 * Which rows of a view are asked for; all conditions hold together.
 *
 * @param rollout only rows of the rollout with this row id
 * @param step only rows of the step with this row id
 * @param limit most rows, taken after filtering; a negative number counts as 0
 */
public record AuditQuery(OptionalLong rollout, OptionalLong step, OptionalLong limit) {
  /** Every row. */
  public static final AuditQuery ALL =
      new AuditQuery(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

  /** Only rows of this rollout. */
  public AuditQuery ofRollout(long rolloutRowId) {
    return new AuditQuery(OptionalLong.of(rolloutRowId), step, limit);
  }

  /** Only rows of this step. */
  public AuditQuery ofStep(long stepRowId) {
    return new AuditQuery(rollout, OptionalLong.of(stepRowId), limit);
  }

  /** At most so many rows. */
  public AuditQuery limitedTo(long rows) {
    return new AuditQuery(rollout, step, OptionalLong.of(rows));
  }

  /** True if a row with these ids is asked for. */
  boolean passes(long rolloutRowId, long stepRowId) {
    return (rollout.isEmpty() || rollout.getAsLong() == rolloutRowId)
        && (step.isEmpty() || step.getAsLong() == stepRowId);
  }
}
