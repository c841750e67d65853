package org.nbvrollouts.store.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.RolloutZarrStoreWriter;
import org.nbvrollouts.store.zarr.StoreLayout;

class TestStepAudit {
  /** Sums of at most six products of doubles, and one logarithm. */
  private static final double ROUNDING = 1e-14;

  @TempDir private Path temporary;

  private static List<Object> column(AuditRows rows, String name) {
    return rows.rows().stream().map(row -> row.get(name)).toList();
  }

  private static AuditRows steps(RolloutZarrStoreReader store) {
    return StepAudit.rolloutStepObjectiveRows(store, AuditQuery.ALL);
  }

  private static AuditRows tree(RolloutZarrStoreReader store) {
    return StepAudit.rolloutTreeSummaryRows(store, OptionalLong.empty());
  }

  @Test
  void theWorkedExampleHasItsStepsWithEveryNumber() {
    AuditRows rows = steps(AuditedExample.store().reader());

    assertThat(column(rows, "step_row_id")).containsExactly(10L, 11L, 12L);
    assertThat(column(rows, "selected_entropy")).containsExactly(0.5623351446188083, 0.0, 0.0);
    assertThat(column(rows, "invalid_fraction")).containsExactly(1 - 2.0 / 3, 1 - 1.0 / 3, 0.0);
    assertThat(column(rows, "marginal_target_rri")).containsExactly(0.25, null, null);
    assertThat(column(rows, "cumulative_target_rri")).containsExactly(0.25, null, 0.75);
    assertThat(column(rows, "selected_target_root_gain")).containsExactly(0.25, null, 0.5);
    assertThat(column(rows, "best_valid_target_root_gain")).containsExactly(0.25, null, 0.5);
    assertThat(column(rows, "regret")).containsExactly(0.0, null, 0.0);
    assertThat(column(rows, "selected_probability")).containsExactly(0.75, 1.0, 1.0);
    assertThat(column(rows, "selected_candidate_row_id")).containsExactly(100L, 103L, 106L);
    assertThat(rows.rows().get(1).values())
        .containsEntry("scene", "A")
        .containsEntry("split", "train")
        .containsEntry("policy", "greedy")
        .containsEntry("target_row_id", 0L)
        .containsEntry("horizon", 3L)
        .containsEntry("branch_factor", 1L)
        .containsEntry("beam_width", -1L)
        .containsEntry("temperature", null)
        .containsEntry("num_candidates", 3L)
        .containsEntry("num_valid_candidates", 1L)
        .containsEntry("effective_choices", 1.0)
        .containsEntry("selected_strategy", "unknown")
        .containsEntry("selected_position", "forward_local")
        .containsEntry("selected_invalid_reason", "VALID");
    assertThat(rows.columns()).isEqualTo(List.copyOf(rows.rows().get(0).values().keySet()));
  }

  @Test
  void theWorkedExampleIsATreeOfThreeRows() {
    AuditRows rows = tree(AuditedExample.store().reader());

    assertThat(column(rows, "step_label")).containsExactly("step 0", "step 1", "step 2");
    assertThat(column(rows, "selected_steps")).containsExactly(1L, 1L, 1L);
    assertThat(column(rows, "mean_valid_fanout")).containsExactly(2.0, 1.0, 1.0);
    assertThat(column(rows, "mean_marginal_target_rri")).containsExactly(0.25, null, null);
    assertThat(column(rows, "mean_selected_target_root_gain")).containsExactly(0.25, null, 0.5);
    assertThat(rows.rows().get(0).get("mean_selected_entropy")).isEqualTo(0.5623351446188083);
    assertThat(rows.columns()).isEqualTo(List.copyOf(rows.rows().get(0).values().keySet()));
  }

  @Test
  void aLimitLeavesTheFirstRowsWithTheValuesTheyHaveInTheWhole() {
    RolloutZarrStoreReader store = AuditedExample.store().reader();
    AuditRows two = StepAudit.rolloutStepObjectiveRows(store, AuditQuery.ALL.limitedTo(2));

    assertThat(two.rows()).isEqualTo(steps(store).rows().subList(0, 2));
    assertThat(two.totalRows()).isEqualTo(3);
    for (long none : new long[] {0, -1}) {
      AuditRows empty = StepAudit.rolloutStepObjectiveRows(store, AuditQuery.ALL.limitedTo(none));
      assertThat(empty.rows()).isEmpty();
      assertThat(empty.isTruncated()).isTrue();
    }
    assertThat(StepAudit.rolloutStepObjectiveRows(store, AuditQuery.ALL.ofRollout(1)).totalRows())
        .isZero();
    assertThat(StepAudit.rolloutTreeSummaryRows(store, OptionalLong.of(1)).rows()).hasSize(1);
  }

  @Test
  void stepsFollowTheirChainInWhateverOrderTheyAreStored() {
    TableStoreEditor store = AuditedExample.store();
    store.table(
        "steps",
        3,
        Map.of(
            "step_row_id", new double[] {12, 10, 11},
            "step_index", new double[] {2, 0, 1},
            "num_candidates", new double[] {1, 3, 3},
            "num_valid_candidates", new double[] {1, 2, 1},
            "selected_candidate_row_id", new double[] {106, 100, 103},
            "cumulative_target_rri", new double[] {0.75, 0.25, Double.NaN}));

    assertThat(steps(store.reader()).rows())
        .isEqualTo(steps(AuditedExample.store().reader()).rows());
  }

  @Test
  void whatIsMissingIsNullAndAChoiceThatIsNotMarkedIsNone() {
    TableStoreEditor store = AuditedExample.store();
    store.editor().set("candidates/selected_mask", 0, 0).set("rollouts/rollout_row_id", 0, 9);
    store.editor().remove("candidates/selection_probabilities");

    assertThat(steps(store.reader()).rows().get(0).values())
        .containsEntry("selected_candidate_row_id", 100L)
        .containsEntry("selected_target_root_gain", null)
        .containsEntry("selected_position", "")
        .containsEntry("selected_entropy", null)
        .containsEntry("regret", null)
        .containsEntry("best_valid_target_root_gain", 0.25)
        .containsEntry("horizon", null)
        .containsEntry("scene", "")
        .containsEntry("target_row_id", -1L);
    assertThat(tree(store.reader()).totalRows()).isEqualTo(3);
  }

  @Test
  void aStoreWithoutStepsHasNoRowsAndOneThatDoesNotFitIsRefused() {
    RolloutZarrStoreReader empty = new TableStoreEditor().reader();
    assertThat(steps(empty).rows()).isEmpty();
    assertThat(tree(empty).rows()).isEmpty();

    TableStoreEditor damaged = AuditedExample.store();
    damaged.editor().reshape("steps/num_candidates", 2);
    assertThatThrownBy(() -> steps(damaged.reader()))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("steps/num_candidates");
  }

  @Test
  void bothLayoutsAgreeWithALoopOverEveryPair() {
    for (long seed = 1; seed <= 3; seed++) {
      AuditRows first = null;
      for (StoreLayout layout : StoreLayout.values()) {
        Path place = temporary.resolve(layout.text() + seed);
        new RolloutZarrStoreWriter(RandomRollouts.config())
            .write(place, layout, new RandomRollouts(seed).records(5, 6), WorkedExample.context());
        RolloutZarrStoreReader store = RolloutZarrStoreReader.open(place);
        AuditRows rows = steps(store);
        first = first == null ? rows : first;
        assertThat(rows.rows()).as("seed %d, %s", seed, layout).isEqualTo(first.rows());
        compare(store, rows, seed);
      }
    }
  }

  /** Everything once more, one candidate and one step at a time, out of whole arrays. */
  private static void compare(RolloutZarrStoreReader store, AuditRows rows, long seed) {
    long[] steps = store.longs("steps/step_row_id");
    assertThat(column(rows, "step_row_id")).as("seed %d", seed).hasSize(steps.length);
    Map<List<Object>, Long> groups = new HashMap<>();
    for (AuditRow row : rows.rows()) {
      int step = rowOf(steps, (Long) row.get("step_row_id"));
      compareChoice(store, row, seed);
      assertThat(row.get("marginal_target_root_gain"))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(marginal(store, step));
      groups.merge(key(row), 1L, Long::sum);
    }
    AuditRows tree = tree(store);
    Set<List<Object>> found = new HashSet<>();
    for (AuditRow row : tree.rows()) {
      found.add(key(row));
      assertThat(row.get("selected_steps")).as("seed %d", seed).isEqualTo(groups.get(key(row)));
      assertThat((Double) row.get("mean_valid_fanout"))
          .isCloseTo(meanFanout(rows, key(row)), within(ROUNDING));
    }
    assertThat(found).as("seed %d", seed).isEqualTo(groups.keySet()).hasSize(tree.rows().size());
  }

  private static double meanFanout(AuditRows rows, List<Object> key) {
    return rows.rows().stream()
        .filter(row -> key(row).equals(key))
        .mapToLong(row -> (Long) row.get("num_valid_candidates"))
        .average()
        .orElseThrow();
  }

  private static List<Object> key(AuditRow row) {
    List<Object> key = new ArrayList<>();
    for (String name :
        List.of(
            "policy",
            "horizon",
            "branch_factor",
            "beam_width",
            "temperature",
            "step_index",
            "selected_position",
            "selected_strategy",
            "selected_mixture")) {
      key.add(row.get(name));
    }
    return key;
  }

  private static int rowOf(long[] ids, long id) {
    return Arrays.stream(ids).boxed().toList().indexOf(id);
  }

  private static void compareChoice(RolloutZarrStoreReader store, AuditRow row, long seed) {
    long step = (Long) row.get("step_row_id");
    long[] stepOf = store.longs("candidates/step_row_id");
    boolean[] valid = store.bools("candidates/actor_action_mask");
    float[] probability = store.floats("candidates/selection_probabilities");
    float[] gain = store.floats("candidates/target_root_gain");
    double mass = 0;
    Double best = null;
    for (int i = 0; i < stepOf.length; i++) {
      if (stepOf[i] == step && valid[i]) {
        mass += Float.isFinite(probability[i]) && probability[i] > 0 ? probability[i] : 0;
        best =
            Float.isFinite(gain[i])
                ? (Double) Math.max(best == null ? gain[i] : best, gain[i])
                : best;
      }
    }
    double entropy = 0;
    for (int i = 0; i < stepOf.length; i++) {
      if (stepOf[i] == step && valid[i] && Float.isFinite(probability[i]) && probability[i] > 0) {
        double p = probability[i] / mass;
        entropy -= p * Math.log(p);
      }
    }
    int chosen =
        rowOf(
            store.longs("candidates/candidate_row_id"),
            (Long) row.get("selected_candidate_row_id"));
    assertThat(mass).as("seed %d", seed).isPositive();
    assertThat((Double) row.get("selected_entropy")).isCloseTo(entropy, within(ROUNDING));
    assertThat(row.get("best_valid_target_root_gain")).isEqualTo(best);
    assertThat(row.get("selected_target_root_gain"))
        .isEqualTo(Float.isFinite(gain[chosen]) ? (double) gain[chosen] : null);
  }

  private static Double marginal(RolloutZarrStoreReader store, int step) {
    long[] rollouts = store.longs("steps/rollout_row_id");
    int[] indices = store.ints("steps/step_index");
    float[] cumulative = store.floats("steps/cumulative_target_root_gain");
    double before = 0;
    for (int other = 0; other < rollouts.length; other++) {
      if (rollouts[other] == rollouts[step] && indices[other] == indices[step] - 1) {
        before = cumulative[other];
      }
    }
    double marginal = cumulative[step] - before;
    return Double.isFinite(marginal) ? (Double) marginal : null;
  }
}
