package org.nbvrollouts.store.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.json.CanonicalJson;

/** Steps grouped by what they have in common. */
final class StepTree {
  /** Averages by the column they are of. */
  private static final Map<String, String> MEANS = means();

  private static final List<String> COLUMNS = columns();

  private final Map<Key, Group> groups = new TreeMap<>(ORDER);

  private record Key(
      String policy,
      Long stepIndex,
      Long horizon,
      Long branchFactor,
      Long beamWidth,
      Double temperature,
      String position,
      String strategy,
      String mixture) {}

  private static final Comparator<Long> NUMBERS =
      Comparator.nullsFirst(Comparator.<Long>naturalOrder());
  private static final Comparator<Key> ORDER =
      Comparator.comparing(Key::policy, CanonicalJson.CODE_POINT_ORDER)
          .thenComparing(Key::stepIndex, NUMBERS)
          .thenComparing(Key::horizon, NUMBERS)
          .thenComparing(Key::branchFactor, NUMBERS)
          .thenComparing(Key::beamWidth, NUMBERS)
          .thenComparing(Key::temperature, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(Key::position, CanonicalJson.CODE_POINT_ORDER)
          .thenComparing(Key::strategy, CanonicalJson.CODE_POINT_ORDER)
          .thenComparing(Key::mixture, CanonicalJson.CODE_POINT_ORDER);

  /** Count of the steps of a group, and sums over those that have a number. */
  private static final class Group {
    private long steps;
    private final double[] sums = new double[MEANS.size()];
    private final long[] counts = new long[MEANS.size()];

    void add(AuditRow step) {
      steps++;
      int mean = 0;
      for (String column : MEANS.values()) {
        if (step.get(column) instanceof Number number) {
          sums[mean] += number.doubleValue();
          counts[mean]++;
        }
        mean++;
      }
    }

    double mean(int mean) {
      return counts[mean] == 0 ? Double.NaN : sums[mean] / counts[mean];
    }
  }

  private static Map<String, String> means() {
    Map<String, String> means = new LinkedHashMap<>();
    means.put("mean_valid_fanout", "num_valid_candidates");
    means.put("mean_invalid_fraction", "invalid_fraction");
    means.put("mean_marginal_target_rri", "marginal_target_rri");
    means.put("mean_selected_target_root_gain", "selected_target_root_gain");
    means.put("mean_selected_probability", "selected_probability");
    means.put("mean_selected_entropy", "selected_entropy");
    return means;
  }

  private static List<String> columns() {
    List<String> columns =
        new ArrayList<>(
            List.of(
                "policy",
                "horizon",
                "branch_factor",
                "beam_width",
                "temperature",
                "step_index",
                "selected_position",
                "selected_strategy",
                "selected_mixture",
                "step_label",
                "selected_steps"));
    columns.addAll(MEANS.keySet());
    return List.copyOf(columns);
  }

  static StepTree of(StepObjectiveColumns steps) {
    StepTree tree = new StepTree();
    for (int slot = 0; slot < steps.slots(); slot++) {
      AuditRow step = steps.columns().row(slot);
      tree.groups.computeIfAbsent(key(step), unseen -> new Group()).add(step);
    }
    return tree;
  }

  private static Key key(AuditRow step) {
    return new Key(
        (String) step.get("policy"),
        (Long) step.get("step_index"),
        (Long) step.get("horizon"),
        (Long) step.get("branch_factor"),
        (Long) step.get("beam_width"),
        (Double) step.get("temperature"),
        (String) step.get("selected_position"),
        (String) step.get("selected_strategy"),
        (String) step.get("selected_mixture"));
  }

  AuditRows rows() {
    List<AuditRow> rows = new ArrayList<>(groups.size());
    groups.forEach((key, group) -> rows.add(row(key, group)));
    return AuditRows.all(COLUMNS, rows);
  }

  private static AuditRow row(Key key, Group group) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("policy", key.policy());
    row.put("horizon", key.horizon());
    row.put("branch_factor", key.branchFactor());
    row.put("beam_width", key.beamWidth());
    row.put("temperature", key.temperature());
    row.put("step_index", key.stepIndex());
    row.put("selected_position", key.position());
    row.put("selected_strategy", key.strategy());
    row.put("selected_mixture", key.mixture());
    row.put("step_label", "step " + key.stepIndex());
    row.put("selected_steps", group.steps);
    int mean = 0;
    for (String name : MEANS.keySet()) {
      row.put(name, group.mean(mean++));
    }
    return new AuditRow(row);
  }
}
