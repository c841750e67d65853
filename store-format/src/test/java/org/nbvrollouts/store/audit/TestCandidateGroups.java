package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

class TestCandidateGroups {
  private final RolloutZarrStoreReader store = AuditedExample.store().reader();

  private List<List<Object>> groups(String... groupBy) {
    return CandidateGroups.candidateGroupSummaryRows(store, List.of(groupBy)).rows().stream()
        .<List<Object>>map(row -> new ArrayList<>(row.values().values()))
        .toList();
  }

  @Test
  void groupsOfTheWorkedExample() {
    assertThat(groups("position"))
        .map(List::toString)
        .containsExactly(
            "[forward_local, 3, 3, 1.0, 2, 3, 0.375]",
            "[target_bearing_local, 4, 1, 0.25, 1, 0, 0.125]");
    assertThat(CandidateGroups.candidateGroupSummaryRows(store, List.of("position")).columns())
        .containsExactly(
            "position",
            "total",
            "actor_valid",
            "actor_valid_fraction",
            "q_train",
            "selected",
            "mean_target_root_gain");
  }

  @Test
  void severalColumnsAreSortedFromLeftToRight() {
    assertThat(groups("invalid_reason", "position"))
        .extracting(row -> row.get(0) + "/" + row.get(1) + " " + row.get(2))
        .containsExactly(
            "CLEARANCE_TOO_SMALL/target_bearing_local 1",
            "COLLISION_MESH/target_bearing_local 2",
            "VALID/forward_local 3",
            "VALID/target_bearing_local 1");
  }

  @Test
  void aGroupWithoutAFiniteGainHasNoMean() {
    assertThat(
            CandidateGroups.candidateGroupSummaryRows(store, List.of("step_row_id")).rows().stream()
                .map(row -> row.get("mean_target_root_gain")))
        .containsExactly(0.1875, null, 0.5);
  }

  @Test
  void otherColumnsAreRefusedWithTheOnesThereAre() {
    for (List<String> groupBy :
        List.of(List.of("center_x"), List.of("family"), List.<String>of())) {
      assertThatThrownBy(() -> CandidateGroups.candidateGroupSummaryRows(store, groupBy))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith("Invalid group_by: ");
    }
    assertThatThrownBy(
            () -> CandidateGroups.candidateGroupSummaryRows(store, List.of("policy", "policy")))
        .hasMessageContaining("each once");
  }
}
