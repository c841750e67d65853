package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

class TestCandidateAudit {
  private final RolloutZarrStoreReader store = AuditedExample.store().reader();

  private static List<Object> column(AuditRows rows, String name) {
    return rows.rows().stream().map(row -> row.get(name)).toList();
  }

  private AuditRows ask(AuditQuery query) {
    return CandidateAudit.candidateAuditRows(store, query);
  }

  @Test
  void everyCandidateIsARowInStoredOrder() {
    AuditRows rows = ask(AuditQuery.ALL);

    assertThat(column(rows, "candidate_row_id"))
        .containsExactly(100L, 101L, 102L, 103L, 104L, 105L, 106L);
    assertThat(column(rows, "target_root_gain"))
        .containsExactly(0.25, 0.125, null, null, null, null, 0.5);
    assertThat(column(rows, "motion_step_length_m")).last().isEqualTo((double) 1.3f);
    assertThat(rows.rows().get(5).values())
        .containsEntry("scene", "A")
        .containsEntry("split", "train")
        .containsEntry("policy", "greedy")
        .containsEntry("target_row_id", 0L)
        .containsEntry("position", "target_bearing_local")
        .containsEntry("strategy", "unknown")
        .containsEntry("invalid_reason", "CLEARANCE_TOO_SMALL")
        .containsEntry("invalid_reason_bitset", 32L)
        .containsEntry("path_collision", false)
        .containsEntry("center_x", 0.0)
        .containsEntry("sampler_probability", null);
    assertThat(List.copyOf(rows.rows().get(0).values().keySet()))
        .isEqualTo(rows.columns())
        .hasSize(43);
  }

  @Test
  void filtersHoldTogetherAndTheLimitComesLast() {
    assertThat(column(ask(AuditQuery.ALL.ofStep(11)), "candidate_row_id"))
        .containsExactly(103L, 104L, 105L);
    assertThat(ask(AuditQuery.ALL.ofRollout(0).ofStep(12)).totalRows()).isEqualTo(1);
    assertThat(ask(AuditQuery.ALL.ofRollout(1).ofStep(12)).rows()).isEmpty();
    AuditRows two = ask(AuditQuery.ALL.ofStep(11).limitedTo(2));
    assertThat(two.rows()).hasSize(2);
    assertThat(two.isTruncated()).isTrue();
    assertThat(two.totalRows()).isEqualTo(3);
    assertThat(ask(AuditQuery.ALL.limitedTo(-1)).rows()).isEmpty();
    assertThat(ask(AuditQuery.ALL.limitedTo(99)).isTruncated()).isFalse();
  }

  @Test
  void theWaterfallCountsEachMask() {
    AuditRows rows = CandidateAudit.validityWaterfallRows(store);

    assertThat(column(rows, "stage"))
        .containsExactly("full shell", "actor-valid", "oracle-label", "q-train", "selected");
    assertThat(column(rows, "count")).containsExactly(7L, 4L, 3L, 3L, 3L);
    assertThat(column(rows, "fraction_of_full"))
        .containsExactly(1.0, 4.0 / 7, 3.0 / 7, 3.0 / 7, 3.0 / 7);
  }

  @Test
  void aStoreWithoutRowsHasNoCandidatesAndNoFractions() {
    RolloutZarrStoreReader empty = new TableStoreEditor().reader();

    assertThat(CandidateAudit.candidateAuditRows(empty, AuditQuery.ALL).rows()).isEmpty();
    assertThat(column(CandidateAudit.validityWaterfallRows(empty), "fraction_of_full"))
        .hasSize(5)
        .containsOnlyNulls();
  }
}
