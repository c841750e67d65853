package org.nbvrollouts.store.synthetic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Views around a target: three components, three rules that one view in four breaks. */
final class SyntheticShell {
  /** Share of the components in twentieths, as in the default mixture: 24, 24 and 12 of 60. */
  private static final int FIRST_SHARE = 8;

  private static final int SECOND_SHARE = 16;
  private static final int SHARES = 20;
  private static final int FORWARD_LOCAL = 1;
  private static final int FORWARD_RIG = 0;
  private static final int TARGET_POINT = 3;
  private static final List<String> RULES =
      List.of("FreeSpaceRule", "MinDistanceToMeshRule", "PathCollisionRule");
  private static final int PATH_RULE = 2;
  private static final double FAILURES_PER_RULE = 0.09;

  private final CandidateShell shell;
  private final int[] validRows;

  private SyntheticShell(CandidateShell shell, int[] validRows) {
    this.shell = shell;
    this.validRows = validRows;
  }

  CandidateShell shell() {
    return shell;
  }

  int validCount() {
    return validRows.length;
  }

  /** Shell row of a valid candidate. */
  int shellIndex(int validIndex) {
    return validRows[validIndex];
  }

  static SyntheticShell around(int size, Point3 camera, Point3 target, SplittableRandom random) {
    boolean[][] alive = new boolean[RULES.size()][size];
    int certain = random.nextInt(size);
    double[] collides = new double[size];
    int validCount = 0;
    for (int row = 0; row < size; row++) {
      boolean passes = true;
      for (int rule = 0; rule < alive.length; rule++) {
        boolean fails = row != certain && random.nextDouble() < FAILURES_PER_RULE;
        collides[row] = passes && fails && rule == PATH_RULE ? 1 : 0;
        passes &= !fails;
        alive[rule][row] = passes;
      }
      validCount += passes ? 1 : 0;
    }
    int[] validRows = new int[validCount];
    for (int row = 0, rank = 0; row < size; row++) {
      if (alive[PATH_RULE][row]) {
        validRows[rank++] = row;
      }
    }
    Map<String, MaskColumn> rules = new LinkedHashMap<>();
    for (int rule = 0; rule < alive.length; rule++) {
      rules.put(RULES.get(rule), MaskColumn.of(alive[rule]));
    }
    Views views = new Views(size, camera, target, random);
    views.extras.put("path_collision_mask", collides);
    return new SyntheticShell(views.shell(MaskColumn.of(alive[PATH_RULE]), rules), validRows);
  }

  /** Poses and diagnostics. */
  private static final class Views {
    private final List<Pose12> poses = new ArrayList<>();
    private final int[] mixture;
    private final int[] position;
    private final int[] strategy;
    private final double[] probability;
    private final Map<String, double[]> extras = new LinkedHashMap<>();

    Views(int size, Point3 camera, Point3 target, SplittableRandom random) {
      this.mixture = new int[size];
      this.position = new int[size];
      this.strategy = new int[size];
      this.probability = new double[size];
      for (int row = 0; row < size; row++) {
        int share = row * SHARES / size;
        mixture[row] = share < FIRST_SHARE ? 0 : share < SECOND_SHARE ? 1 : 2;
        position[row] = FORWARD_LOCAL + mixture[row];
        strategy[row] = mixture[row] == 0 ? FORWARD_RIG : TARGET_POINT;
        probability[row] = 1.0 / size;
        add(row, size, camera, target, random);
      }
    }

    private void add(int row, int size, Point3 camera, Point3 target, SplittableRandom random) {
      double heading = random.nextDouble(-Math.PI, Math.PI);
      double step = random.nextDouble(0.2, 0.8);
      double rise = random.nextDouble(-0.2, 0.2);
      double x = camera.x() + step * StrictMath.cos(heading);
      double y = camera.y() + step * StrictMath.sin(heading);
      double z = Math.min(2, Math.max(0.5, camera.z() + rise));
      double bearing = StrictMath.atan2(target.y() - y, target.x() - x);
      double yaw = strategy[row] == TARGET_POINT ? bearing : heading;
      poses.add(SyntheticLineage.yawed(yaw, x, y, z));
      set("min_distance_to_mesh", row, size, random.nextDouble(0.1, 2));
      set("path_min_clearance_m", row, size, random.nextDouble(0.05, 1));
      set("free_space_margin_m", row, size, random.nextDouble(0, 3));
      set("motion_step_length_m", row, size, step);
      set("motion_height_delta_m", row, size, z - camera.z());
      set("motion_backward_step_m", row, size, Math.max(0, -step * StrictMath.cos(heading - yaw)));
      set("motion_yaw_delta_rad", row, size, heading - yaw);
      set("target_distance_m", row, size, StrictMath.hypot(target.x() - x, target.y() - y));
      set("target_bearing_yaw_rad", row, size, bearing - yaw);
    }

    private void set(String name, int row, int size, double value) {
      extras.computeIfAbsent(name, absent -> new double[size])[row] = value;
    }

    CandidateShell shell(MaskColumn valid, Map<String, MaskColumn> rules) {
      Map<String, DoubleColumn> columns = new LinkedHashMap<>();
      extras.forEach((name, values) -> columns.put(name, DoubleColumn.of(values)));
      return new CandidateShell(
          valid,
          rules,
          poses,
          Optional.of(IntColumn.of(strategy)),
          Optional.of(IntColumn.of(position)),
          Optional.of(IntColumn.of(mixture)),
          Optional.of(DoubleColumn.of(probability)),
          columns);
    }
  }
}
