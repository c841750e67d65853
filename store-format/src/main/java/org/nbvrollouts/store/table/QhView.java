package org.nbvrollouts.store.table;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.schema.ArraySpec;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * The padded training view {@code q_h}, derived from {@code steps}, {@code candidates} and {@code
 * rollouts} (specification store 5.1). S states (one per step), A actions (the widest shell). Made
 * some states at a time, so neither the view nor the tables need to be in memory. For one thread.
 */
public final class QhView {
  private static final List<String> PADDED =
      List.of(
          "candidate_row_id",
          "valid_action_mask",
          "q_train_mask",
          "position_id",
          "one_step_target_rri",
          "one_step_target_root_gain",
          "invalid_reason_bitset");
  private static final int NOT_UNIQUE = -1;
  private static final int BYTES_OF_ACTION = 32;
  private static final int SHARE_OF_HEAP = 2;

  private final double gamma;
  private final Shells shells;
  private final int width;
  private final long[] stepIds;
  private final long[] selectedCandidates;
  private final long[] sources;
  private final long[] targets;
  private final long[] successors;
  private final Elements candidateIds;
  private final Elements actorMask;
  private final Elements trainMask;
  private final Elements positions;
  private final Elements rri;
  private final Elements gain;
  private final Elements bitsets;

  private QhView(Function<String, ? extends Elements> tables, Shells shells, double gamma) {
    this.gamma = gamma;
    this.shells = shells;
    this.width = shells.widest();
    this.stepIds = tables.apply("steps/step_row_id").longs();
    this.selectedCandidates = tables.apply("steps/selected_candidate_row_id").longs();
    this.sources = new long[stepIds.length];
    this.targets = new long[stepIds.length];
    this.successors = new long[stepIds.length];
    this.candidateIds = tables.apply("candidates/candidate_row_id");
    this.actorMask = tables.apply("candidates/actor_action_mask");
    this.trainMask = tables.apply("candidates/q_train_mask");
    this.positions = tables.apply("candidates/position_id");
    this.rri = tables.apply("candidates/target_rri");
    this.gain = tables.apply("candidates/target_root_gain");
    this.bitsets = tables.apply("candidates/invalid_reason_bitset");
    long[] rollouts = tables.apply("steps/rollout_row_id").longs();
    findParents(rollouts, tables);
    findSuccessors(rollouts, tables.apply("steps/step_index"));
  }

  /**
   * The view of some tables.
   *
   * @param tables array by slash path; a path that is missing is its error to raise
   * @param gamma discount of a state that has a successor
   */
  public static QhView of(Function<String, ? extends Elements> tables, double gamma) {
    Shells shells =
        Shells.of(tables.apply("steps/step_row_id"), tables.apply("candidates/step_row_id"));
    return new QhView(tables, shells, gamma);
  }

  /** As {@link #of}, for candidates that lie one shell after the other. */
  static QhView ofNewStore(Function<String, ? extends Elements> tables, double gamma) {
    return new QhView(tables, Shells.contiguous(tables.apply("steps/num_candidates")), gamma);
  }

  /** Derives the seventeen arrays as a whole, by name, in schema order. */
  public static Map<String, TypedArray> derive(
      Function<String, ? extends Elements> tables, double gamma) {
    QhView view = of(tables, gamma);
    view.requireMemory();
    return view.rows(0, view.states());
  }

  /** Candidates of one step claimed by many would be repeated for each of them. */
  private void requireMemory() {
    long most = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
    double bytes = (double) states() * width() * BYTES_OF_ACTION;
    if (bytes > most) {
      throw new InvalidContentException(
          "Cannot derive q_h: %d states of up to %d actions (expected at most %d MiB with this heap)"
                  .formatted(states(), width(), most >> 20)
              + "; give more memory if there are so many");
    }
  }

  /** S, the number of states. */
  public int states() {
    return stepIds.length;
  }

  /** A, the number of actions. */
  public int width() {
    return width;
  }

  /** The rows of {@code count} states in all seventeen arrays, by name, in schema order. */
  public Map<String, TypedArray> rows(int first, int count) {
    Map<String, TypedArrayBuilder> columns = new LinkedHashMap<>();
    for (ArraySpec spec : StoreSchema.current().arrays("q_h")) {
      int[] rowShape = spec.shape().size() == 2 ? new int[] {width} : new int[0];
      columns.put(
          spec.name(),
          new TypedArrayBuilder(spec.type(), rowShape)
              .reserve((long) count * (rowShape.length == 0 ? 1 : width)));
    }
    Block block = new Block(columns);
    for (int state = first; state < first + count; state++) {
      block.writeState(state);
    }
    Map<String, TypedArray> arrays = new LinkedHashMap<>();
    columns.forEach((name, builder) -> arrays.put(name, builder.build(count)));
    return arrays;
  }

  /** Source and target of the rollout of each step; −1 and 0 unless exactly one row has its id. */
  private void findParents(long[] rollouts, Function<String, ? extends Elements> tables) {
    Elements ids = tables.apply("rollouts/rollout_row_id");
    Elements sourceIds = tables.apply("rollouts/source_row_id");
    Elements targetIds = tables.apply("rollouts/target_row_id");
    Map<Long, Integer> rowOfId = new HashMap<>();
    for (int row = 0; row < ids.rows(); row++) {
      rowOfId.merge(ids.longAt(row), row, (one, another) -> NOT_UNIQUE);
    }
    for (int state = 0; state < rollouts.length; state++) {
      int row = rowOfId.getOrDefault(rollouts[state], NOT_UNIQUE);
      sources[state] = row < 0 ? -1 : sourceIds.longAt(row);
      targets[state] = row < 0 ? 0 : targetIds.longAt(row);
    }
  }

  /** Comparable, so that positions chosen to have one hash code are still found fast. */
  private record Position(long rollout, long stepIndex) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
      int order = Long.compare(rollout, other.rollout);
      return order != 0 ? order : Long.compare(stepIndex, other.stepIndex);
    }
  }

  private void findSuccessors(long[] rollouts, Elements stepIndexes) {
    Map<Position, Long> steps = new HashMap<>();
    for (int state = 0; state < rollouts.length; state++) {
      steps.putIfAbsent(new Position(rollouts[state], stepIndexes.longAt(state)), stepIds[state]);
    }
    for (int state = 0; state < rollouts.length; state++) {
      Position successor = new Position(rollouts[state], stepIndexes.longAt(state) + 1);
      successors[state] = steps.getOrDefault(successor, -1L);
    }
  }

  /** Writes states into their columns. */
  private final class Block {
    private final Map<String, TypedArrayBuilder> columns;
    private final Map<String, Double> paddings = new LinkedHashMap<>();
    private final TypedArrayBuilder ids;
    private final TypedArrayBuilder valid;
    private final TypedArrayBuilder trained;
    private final TypedArrayBuilder position;
    private final TypedArrayBuilder oneStepRri;
    private final TypedArrayBuilder oneStepGain;
    private final TypedArrayBuilder bitset;

    Block(Map<String, TypedArrayBuilder> columns) {
      this.columns = columns;
      for (String column : PADDED) {
        ArraySpec spec = StoreSchema.current().array("q_h/" + column).orElseThrow();
        paddings.put(column, spec.missing().orElseThrow().value());
      }
      // Found once, not for every action.
      this.ids = columns.get("candidate_row_id");
      this.valid = columns.get("valid_action_mask");
      this.trained = columns.get("q_train_mask");
      this.position = columns.get("position_id");
      this.oneStepRri = columns.get("one_step_target_rri");
      this.oneStepGain = columns.get("one_step_target_root_gain");
      this.bitset = columns.get("invalid_reason_bitset");
    }

    private void add(String column, long value) {
      columns.get(column).add(value);
    }

    void writeState(int state) {
      add("state_step_row_id", stepIds[state]);
      add("source_row_id", sources[state]);
      add("target_row_id", targets[state]);
      int size = shells.size(state);
      int selected = -1;
      for (int j = 0; j < size; j++) {
        int row = shells.row(state, j);
        long id = candidateIds.longAt(row);
        writeAction(row, id);
        selected = id == selectedCandidates[state] ? j : selected;
      }
      if (size < width) {
        paddings.forEach((column, padding) -> columns.get(column).repeat(padding, width - size));
      }
      writeTransition(state, selected);
    }

    private void writeAction(int row, long id) {
      boolean selectable = actorMask.booleanAt(row);
      ids.add(id);
      valid.addTruth(selectable);
      trained.addTruth(selectable && trainMask.booleanAt(row));
      position.add(positions.longAt(row));
      oneStepRri.add(selectable ? rri.doubleAt(row) : Double.NaN);
      oneStepGain.add(selectable ? gain.doubleAt(row) : Double.NaN);
      bitset.add(bitsets.longAt(row));
    }

    private void writeTransition(int state, int selected) {
      long next = selected < 0 ? -1 : successors[state];
      int row = selected < 0 ? -1 : shells.row(state, selected);
      add("selected_candidate_index", selected);
      add("td_selected_candidate_row_id", selectedCandidates[state]);
      columns.get("td_reward").add(row < 0 ? Double.NaN : gain.doubleAt(row));
      columns.get("td_reward_target_rri").add(row < 0 ? Double.NaN : rri.doubleAt(row));
      add("td_next_step_row_id", next);
      add("td_terminal_mask", next < 0 ? 1 : 0);
      columns.get("td_discount").add(next < 0 ? 0.0 : gamma);
    }
  }
}
