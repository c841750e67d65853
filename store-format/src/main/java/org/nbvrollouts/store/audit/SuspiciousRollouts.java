package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.nbvrollouts.store.audit.SuspiciousRows.Finding;
import org.nbvrollouts.store.audit.SuspiciousRows.Place;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.InvalidReason;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** Finds rows that are legal and deserve a look (specification audits 7.3). */
public final class SuspiciousRollouts {
  private static final double PERCENT = 100;

  private final AuditStore store;
  private final RolloutSuspiciousQueryConfig config;
  private final SuspiciousRows.Collector found;

  private SuspiciousRollouts(
      AuditStore store, RolloutSuspiciousQueryConfig config, SuspiciousRows.Collector found) {
    this.store = store;
    this.config = config;
    this.found = found;
  }

  /**
   * Suspicious rows, kind by kind and within a kind in stored order.
   *
   * @param limit most rows; a negative number counts as 0
   * @throws InvalidContentException if the store is of another schema or its tables do not fit
   */
  public static SuspiciousRows suspiciousRolloutRows(
      RolloutZarrStoreReader store, RolloutSuspiciousQueryConfig config, OptionalLong limit) {
    SuspiciousRows.Collector found = new SuspiciousRows.Collector(limit.orElse(Long.MAX_VALUE));
    SuspiciousRollouts query = new SuspiciousRollouts(AuditStore.of(store), config, found);
    query.lowValidFanout();
    query.dominantInvalidReason();
    query.validCandidateMissingLabel();
    query.highScoreInvalidGtTarget();
    query.selectedMotionOutlier();
    return found.end();
  }

  private void lowValidFanout() {
    AuditTable steps = store.table("steps");
    AuditColumn id = steps.column("step_row_id");
    AuditColumn rollout = steps.column("rollout_row_id");
    AuditColumn valid = steps.column("num_valid_candidates");
    long least = config.minValidCandidates();
    for (int row = 0; row < steps.rows(); row++) {
      long count = valid.longAt(row);
      if (count < least) {
        found.add(
            Severity.WARNING,
            "low_valid_fanout",
            Place.ofStep(rollout.longAt(row), id.longAt(row)),
            new Finding(
                "%d valid candidates, minimum %d".formatted(count, least),
                (double) count,
                (double) least));
      }
    }
  }

  private void dominantInvalidReason() {
    Map<Long, ReasonCounts> reasonsOfStep = invalidReasons();
    AuditTable steps = store.table("steps");
    AuditColumn id = steps.column("step_row_id");
    AuditColumn rollout = steps.column("rollout_row_id");
    for (int row = 0; row < steps.rows(); row++) {
      ReasonCounts reasons = reasonsOfStep.get(id.longAt(row));
      if (reasons == null || reasons.total < config.minInvalidRows()) {
        continue;
      }
      int dominant = reasons.dominant();
      double share = reasons.share(dominant);
      if (share >= config.dominantInvalidFraction()) {
        String name = InvalidReason.decodeInvalidReason(dominant);
        found.add(
            Severity.WARNING,
            "dominant_invalid_reason",
            Place.ofStep(rollout.longAt(row), id.longAt(row)),
            new Finding(
                String.format(
                    Locale.ROOT, "%s on %.2f%% of invalid candidates", name, share * PERCENT),
                share,
                config.dominantInvalidFraction()));
      }
    }
  }

  /** Primary reasons of the actor-invalid candidates by step. */
  private Map<Long, ReasonCounts> invalidReasons() {
    AuditTable candidates = store.table("candidates");
    AuditColumn step = candidates.column("step_row_id");
    AuditColumn actor = candidates.column("actor_action_mask");
    AuditColumn reason = candidates.column("primary_invalid_reason");
    Map<Long, ReasonCounts> reasons = new HashMap<>();
    for (int row = 0; row < candidates.rows(); row++) {
      if (!actor.booleanAt(row)) {
        reasons
            .computeIfAbsent(step.longAt(row), unseen -> new ReasonCounts())
            .add((int) reason.longAt(row));
      }
    }
    return reasons;
  }

  private void validCandidateMissingLabel() {
    AuditTable candidates = store.table("candidates");
    CandidateIds ids = new CandidateIds(candidates);
    AuditColumn actor = candidates.column("actor_action_mask");
    AuditColumn label = candidates.column("oracle_label_mask");
    AuditColumn gain = candidates.optional("target_root_gain");
    for (int row = 0; row < candidates.rows(); row++) {
      if (actor.booleanAt(row) && !(label.booleanAt(row) && Double.isFinite(gain.doubleAt(row)))) {
        found.add(
            Severity.ERROR,
            "valid_candidate_missing_label",
            ids.place(row),
            new Finding("selectable candidate without a finite root-gain label", null, null));
      }
    }
  }

  private void highScoreInvalidGtTarget() {
    if (!store.hasTable("targets")) {
      return;
    }
    AuditTable targets = store.table("targets");
    AuditColumn id = targets.column("target_row_id");
    AuditColumn score = targets.optional("target_selection_score");
    AuditColumn label = targets.column("gt_label_valid_mask");
    AuditColumn status = targets.optional("gt_match_status_id");
    for (int row = 0; row < targets.rows(); row++) {
      double value = score.doubleAt(row);
      if (Double.isFinite(value) && value >= config.highTargetScore() && !label.booleanAt(row)) {
        String text = store.text("target_match_status", status.integer(row));
        found.add(
            Severity.WARNING,
            "high_score_invalid_gt_target",
            Place.ofTarget(id.longAt(row)),
            new Finding(
                "selection score %s, GT status %s".formatted(decimals(value), text),
                value,
                config.highTargetScore()));
      }
    }
  }

  private void selectedMotionOutlier() {
    AuditTable candidates = store.table("candidates");
    CandidateIds ids = new CandidateIds(candidates);
    AuditColumn selected = candidates.column("selected_mask");
    AuditTable diagnostics = candidates.beside("candidate_diagnostics");
    List<Motion> motions =
        List.of(
            new Motion(diagnostics, "motion_step_length_m", config.maxStepDistanceM(), false),
            new Motion(diagnostics, "motion_height_delta_m", config.maxHeightDeltaM(), true),
            new Motion(diagnostics, "motion_backward_step_m", config.maxBackwardStepM(), false),
            new Motion(diagnostics, "motion_yaw_delta_deg", config.maxYawDeltaDeg(), true));
    for (int row = 0; row < candidates.rows(); row++) {
      if (!selected.booleanAt(row)) {
        continue;
      }
      List<Finding> beyond = new ArrayList<>();
      for (Motion motion : motions) {
        motion.judge(row, beyond);
      }
      if (!beyond.isEmpty()) {
        String message = String.join("; ", beyond.stream().map(Finding::message).toList());
        Finding first = beyond.get(0);
        found.add(
            Severity.WARNING,
            "selected_motion_outlier",
            ids.place(row),
            new Finding(message, first.value(), first.threshold()));
      }
    }
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** How often each reason is the primary one. */
  private static final class ReasonCounts {
    private final Map<Integer, Long> counts = new TreeMap<>();
    private long total;

    void add(int reason) {
      counts.merge(reason, 1L, Long::sum);
      total++;
    }

    /** The most frequent reason, of several the one with the smallest code. */
    int dominant() {
      long most = Collections.max(counts.values());
      for (Map.Entry<Integer, Long> reason : counts.entrySet()) {
        if (reason.getValue() == most) {
          return reason.getKey();
        }
      }
      throw new IllegalStateException("no reason was counted");
    }

    double share(int reason) {
      return (double) counts.get(reason) / total;
    }
  }

  /** One number about a move, and what it may be at most. */
  private record Motion(AuditColumn column, String name, double most, boolean bothWays) {
    Motion(AuditTable diagnostics, String name, double most, boolean bothWays) {
      this(diagnostics.optional(name), name, most, bothWays);
    }

    void judge(int row, List<Finding> beyond) {
      double value = column.doubleAt(row);
      double size = bothWays ? Math.abs(value) : value;
      if (Double.isFinite(value) && size > most) {
        String message = name + " " + decimals(value) + " > " + decimals(most);
        beyond.add(new Finding(message, value, most));
      }
    }
  }

  /** The three ids of a candidate. */
  private static final class CandidateIds {
    private final AuditColumn candidate;
    private final AuditColumn step;
    private final AuditColumn rollout;

    CandidateIds(AuditTable candidates) {
      candidate = candidates.column("candidate_row_id");
      step = candidates.column("step_row_id");
      rollout = candidates.column("rollout_row_id");
    }

    Place place(int row) {
      return Place.ofCandidate(rollout.longAt(row), step.longAt(row), candidate.longAt(row));
    }
  }
}
