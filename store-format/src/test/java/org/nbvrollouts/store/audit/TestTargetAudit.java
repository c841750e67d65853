package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TestTargetAudit {
  private static AuditRows rows(TableStoreEditor store) {
    return TargetAudit.targetAuditRows(store.reader(), OptionalLong.empty());
  }

  @Test
  void targetsOfTheWorkedExample() {
    List<AuditRow> rows = rows(AuditedExample.store()).rows();

    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).values())
        .containsEntry("target_id", "first")
        .containsEntry("selection_score", 0.25)
        .containsEntry("gt_label_valid", true)
        .containsEntry("num_rollouts", 1L)
        .containsEntry("num_q_train", 3L);
    assertThat(rows.get(1).values())
        .containsEntry("target_valid", true)
        .containsEntry("target_invalid_reason", "VALID")
        .containsEntry("gt_label_valid", false)
        .containsEntry("gt_match_status", "unmatched")
        .containsEntry("class", "")
        .containsEntry("confidence", null)
        .containsEntry("num_rollouts", 0L)
        .containsEntry("num_q_train", 0L);
  }

  @Test
  void aMissingReasonIsNoVerdict() {
    TableStoreEditor store = AuditedExample.store();
    store.editor().remove("targets/target_primary_invalid_reason");
    store.editor().remove("targets/target_visibility_score");

    assertThat(rows(store).rows().get(0).values())
        .containsEntry("target_invalid_reason", null)
        .containsEntry("visibility_score", null);
  }

  @Test
  void aStoreWithoutTargetTableHasNone() {
    TableStoreEditor store = AuditedExample.store();
    store.editor().remove("targets");

    assertThat(rows(store).rows()).isEmpty();
    assertThat(rows(new TableStoreEditor()).rows()).isEmpty();
  }
}
