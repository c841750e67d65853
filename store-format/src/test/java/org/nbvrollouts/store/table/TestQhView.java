package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * The derived view against the nested scans of specification store 5.1, on tables that nothing
 * holds together: ids repeat, point nowhere and come in any order.
 */
class TestQhView {
  private static final long SEED = 20260702;
  private static final double GAMMA = 0.75;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<String, long[]> longs = new HashMap<>();
  private final Map<String, float[]> floats = new HashMap<>();

  @Test
  void viewOfAnyTablesIsThatOfTheNestedScans() {
    for (int round = 0; round < 300; round++) {
      tables();
      Map<String, TypedArray> derived = QhView.derive(this::array, GAMMA);
      for (Map.Entry<String, Object> expected : scan().entrySet()) {
        TypedArray found = derived.get(expected.getKey());
        String place = "seed %d, round %d, %s".formatted(SEED, round, expected.getKey());
        if (expected.getValue() instanceof float[] values) {
          assertThat(found.floats()).as(place).containsExactly(values);
        } else {
          assertThat(found.longs()).as(place).containsExactly((long[]) expected.getValue());
        }
      }
      assertThat(derived).hasSize(17);
    }
  }

  private void tables() {
    int rollouts = random.nextInt(4);
    int steps = random.nextInt(6);
    int candidates = random.nextInt(14);
    ids("rollouts/rollout_row_id", rollouts, 4);
    ids("rollouts/source_row_id", rollouts, 50);
    ids("rollouts/target_row_id", rollouts, 50);
    ids("steps/step_row_id", steps, 6);
    ids("steps/rollout_row_id", steps, 4);
    ids("steps/step_index", steps, 3);
    ids("steps/selected_candidate_row_id", steps, 14);
    ids("candidates/candidate_row_id", candidates, 14);
    ids("candidates/step_row_id", candidates, 6);
    ids("candidates/actor_action_mask", candidates, 2);
    ids("candidates/q_train_mask", candidates, 2);
    ids("candidates/position_id", candidates, 6);
    ids("candidates/invalid_reason_bitset", candidates, 1 << 13);
    labels("candidates/target_rri", candidates);
    labels("candidates/target_root_gain", candidates);
  }

  private void ids(String path, int rows, int bound) {
    long[] values = new long[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = random.nextInt(bound);
    }
    longs.put(path, values);
  }

  private void labels(String path, int rows) {
    float[] values = new float[rows];
    for (int row = 0; row < rows; row++) {
      values[row] = random.nextInt(4) == 0 ? Float.NaN : (float) random.nextDouble();
    }
    floats.put(path, values);
  }

  private TypedArray array(String path) {
    var spec = StoreSchema.current().array(path).orElseThrow();
    TypedArrayBuilder builder = new TypedArrayBuilder(spec.type());
    int rows;
    if (floats.containsKey(path)) {
      rows = floats.get(path).length;
      for (float value : floats.get(path)) {
        builder.add((double) value);
      }
    } else {
      rows = longs.get(path).length;
      for (long value : longs.get(path)) {
        builder.add(value);
      }
    }
    return builder.build(rows);
  }

  private Map<String, Object> scan() {
    int states = longs.get("steps/step_row_id").length;
    List<List<Integer>> shells = new ArrayList<>();
    int width = 0;
    for (int state = 0; state < states; state++) {
      shells.add(rowsWhere("candidates/step_row_id", longs.get("steps/step_row_id")[state]));
      width = Math.max(width, shells.get(state).size());
    }
    Map<String, Object> view = new LinkedHashMap<>();
    view.put("state_step_row_id", longs.get("steps/step_row_id"));
    view.put("td_selected_candidate_row_id", longs.get("steps/selected_candidate_row_id"));
    actions(view, shells, width);
    transitions(view, shells);
    return view;
  }

  private List<Integer> rowsWhere(String path, long value) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < longs.get(path).length; row++) {
      if (longs.get(path)[row] == value) {
        rows.add(row);
      }
    }
    return rows;
  }

  private void actions(Map<String, Object> view, List<List<Integer>> shells, int width) {
    int size = shells.size() * width;
    long[] ids = filled(size, -1);
    long[] valid = filled(size, 0);
    long[] train = filled(size, 0);
    long[] positions = filled(size, -1);
    long[] bitsets = filled(size, 0);
    float[] rri = unset(size);
    float[] gain = unset(size);
    for (int state = 0; state < shells.size(); state++) {
      for (int j = 0; j < shells.get(state).size(); j++) {
        int row = shells.get(state).get(j);
        int place = state * width + j;
        ids[place] = longs.get("candidates/candidate_row_id")[row];
        valid[place] = longs.get("candidates/actor_action_mask")[row];
        train[place] = valid[place] & longs.get("candidates/q_train_mask")[row];
        positions[place] = longs.get("candidates/position_id")[row];
        bitsets[place] = longs.get("candidates/invalid_reason_bitset")[row];
        if (valid[place] == 1) {
          rri[place] = floats.get("candidates/target_rri")[row];
          gain[place] = floats.get("candidates/target_root_gain")[row];
        }
      }
    }
    view.put("candidate_row_id", ids);
    view.put("valid_action_mask", valid);
    view.put("q_train_mask", train);
    view.put("position_id", positions);
    view.put("invalid_reason_bitset", bitsets);
    view.put("one_step_target_rri", rri);
    view.put("one_step_target_root_gain", gain);
  }

  private void transitions(Map<String, Object> view, List<List<Integer>> shells) {
    int states = shells.size();
    long[] sources = filled(states, -1);
    long[] targets = filled(states, 0);
    long[] selected = filled(states, -1);
    long[] next = filled(states, -1);
    long[] terminal = filled(states, 1);
    float[] discount = new float[states];
    float[] reward = unset(states);
    float[] rewardRri = unset(states);
    for (int state = 0; state < states; state++) {
      long rollout = longs.get("steps/rollout_row_id")[state];
      List<Integer> parents = rowsWhere("rollouts/rollout_row_id", rollout);
      if (parents.size() == 1) {
        sources[state] = longs.get("rollouts/source_row_id")[parents.get(0)];
        targets[state] = longs.get("rollouts/target_row_id")[parents.get(0)];
      }
      for (int j = 0; j < shells.get(state).size(); j++) {
        int row = shells.get(state).get(j);
        if (longs.get("candidates/candidate_row_id")[row]
            == longs.get("steps/selected_candidate_row_id")[state]) {
          selected[state] = j;
          // Read before labels of actions that are not selectable are left out.
          reward[state] = floats.get("candidates/target_root_gain")[row];
          rewardRri[state] = floats.get("candidates/target_rri")[row];
        }
      }
      if (selected[state] < 0) {
        continue;
      }
      for (int other = 0; other < states; other++) {
        if (longs.get("steps/rollout_row_id")[other] == rollout
            && longs.get("steps/step_index")[other] == longs.get("steps/step_index")[state] + 1) {
          next[state] = longs.get("steps/step_row_id")[other];
          terminal[state] = 0;
          discount[state] = (float) GAMMA;
        }
      }
    }
    view.put("source_row_id", sources);
    view.put("target_row_id", targets);
    view.put("selected_candidate_index", selected);
    view.put("td_next_step_row_id", next);
    view.put("td_terminal_mask", terminal);
    view.put("td_discount", discount);
    view.put("td_reward", reward);
    view.put("td_reward_target_rri", rewardRri);
  }

  private static long[] filled(int size, long value) {
    long[] values = new long[size];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] unset(int size) {
    float[] values = new float[size];
    Arrays.fill(values, Float.NaN);
    return values;
  }
}
