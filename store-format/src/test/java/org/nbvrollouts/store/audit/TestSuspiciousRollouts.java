package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;

class TestSuspiciousRollouts {
  private static SuspiciousRows ask(TableStoreEditor store, Map<String, Double> thresholds) {
    return SuspiciousRollouts.suspiciousRolloutRows(
        store.reader(),
        RolloutSuspiciousQueryConfig.DEFAULT.with(thresholds),
        OptionalLong.empty());
  }

  private static List<String> lines(SuspiciousRows found) {
    return found.rows().rows().stream()
        .map(
            row ->
                "%s %s %s/%s/%s/%s %s"
                    .formatted(
                        row.get("severity"),
                        row.get("kind"),
                        row.get("rollout_row_id"),
                        row.get("step_row_id"),
                        row.get("candidate_row_id"),
                        row.get("target_row_id"),
                        row.get("message")))
        .toList();
  }

  @Test
  void rowsOfTheWorkedExample() {
    SuspiciousRows found = ask(AuditedExample.store(), Map.of());

    assertThat(lines(found))
        .containsExactly(
            "warning low_valid_fanout 0/10/null/null 2 valid candidates, minimum 3",
            "warning low_valid_fanout 0/11/null/null 1 valid candidates, minimum 3",
            "warning low_valid_fanout 0/12/null/null 1 valid candidates, minimum 3",
            "warning dominant_invalid_reason 0/10/null/null COLLISION_MESH on 100.00% of invalid"
                + " candidates",
            "error valid_candidate_missing_label 0/11/103/null selectable candidate without a"
                + " finite root-gain label",
            "warning high_score_invalid_gt_target null/null/null/1 selection score 0.600, GT"
                + " status unmatched",
            "warning selected_motion_outlier 0/12/106/null motion_step_length_m 1.300 > 1.250;"
                + " motion_yaw_delta_deg -90.000 > 85.000");
    assertThat(found.rows().rows().get(6).values())
        .containsEntry("value", (double) 1.3f)
        .containsEntry("threshold", 1.25);
    assertThat(found.atLeast(Severity.ERROR)).isEqualTo(1);
    assertThat(found.atLeast(Severity.WARNING)).isEqualTo(7);
  }

  @Test
  void everyThresholdMovesItsKind() {
    TableStoreEditor store = AuditedExample.store();

    assertThat(
            lines(
                ask(
                    store,
                    Map.of(
                        "min_valid_candidates", 0.0,
                        "min_invalid_rows", 2.0,
                        "high_target_score", 0.7,
                        "max_step_distance_m", 1.4,
                        "max_yaw_delta_deg", 90.0))))
        .hasSize(1)
        .allMatch(line -> line.startsWith("error valid_candidate_missing_label"));
    assertThat(lines(ask(store, Map.of("dominant_invalid_fraction", 0.5))))
        .contains(
            "warning dominant_invalid_reason 0/11/null/null COLLISION_MESH on 50.00% of invalid"
                + " candidates");
    assertThat(lines(ask(store, Map.of("max_height_delta_m", -1.0, "max_backward_step_m", -1.0))))
        .last()
        .asString()
        .contains("motion_height_delta_m 0.000 > -1.000; motion_backward_step_m 0.000 > -1.000;");
  }

  @Test
  void theLimitLeavesRowsOutAndCountsThem() {
    SuspiciousRows found =
        SuspiciousRollouts.suspiciousRolloutRows(
            AuditedExample.store().reader(),
            RolloutSuspiciousQueryConfig.DEFAULT,
            OptionalLong.of(2));

    assertThat(found.rows().rows()).hasSize(2);
    assertThat(found.rows().totalRows()).isEqualTo(7);
    assertThat(found.atLeast(Severity.ERROR)).isEqualTo(1);
  }

  @Test
  void numbersThatAreNotThereTriggerNothing() {
    TableStoreEditor store = AuditedExample.store();
    store.editor().remove("candidate_diagnostics");
    store.editor().set("targets/target_selection_score", 1, Double.NaN);

    assertThat(lines(ask(store, Map.of())))
        .hasSize(5)
        .noneMatch(line -> line.contains("outlier") || line.contains("high_score"));
    assertThat(ask(new TableStoreEditor(), Map.of()).rows().rows()).isEmpty();
  }

  @Test
  void otherThresholdsAreRefusedWithTheOnesThereAre() {
    RolloutSuspiciousQueryConfig config = RolloutSuspiciousQueryConfig.DEFAULT;

    assertThatThrownBy(() -> config.with(Map.of("max_speed", 1.0)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Invalid threshold: max_speed (expected one of min_valid_");
    for (double value : new double[] {Double.NaN, -1, 1.5}) {
      assertThatThrownBy(() -> config.with(Map.of("min_valid_candidates", value)))
          .isInstanceOf(RefusedInputException.class)
          .hasMessageEndingWith("(expected a whole number)");
    }
  }
}
