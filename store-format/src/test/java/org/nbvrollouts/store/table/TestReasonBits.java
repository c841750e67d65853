package org.nbvrollouts.store.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;

/** Reason codes against the numbered steps of specification store 4.7, said once more. */
class TestReasonBits {
  private static final long SEED = 20260701;
  private static final int ROWS = 40;
  private static final List<String> RULES =
      List.of("FreeSpaceRule", "PathCollisionRule", "OtherRule", "MinDistanceToMeshRule");
  private static final int[] PRIMARY = {1, 6, 5, 2, 3, 7, 8, 9, 10, 16, 17, 12};

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void bitsetsAndPrimaryReasonsFollowTheSteps() {
    for (int round = 0; round < 200; round++) {
      CandidateShell shell = shell();
      ReasonBits reasons = new ReasonBits(shell);
      for (int row = 0; row < ROWS; row++) {
        int expected = bitset(shell, row);
        assertThat(reasons.bitset(row)).as("seed %d, round %d", SEED, round).isEqualTo(expected);
        assertThat(reasons.primary(row)).isEqualTo(primary(shell.valid().at(row), expected));
      }
    }
  }

  private static int bitset(CandidateShell shell, int row) {
    int bits = shell.valid().at(row) ? 1 : 0;
    boolean before = true;
    for (Map.Entry<String, MaskColumn> rule : shell.ruleMasks().entrySet()) {
      if (rule.getValue().length() != ROWS) {
        continue;
      }
      boolean after = rule.getValue().at(row);
      if (before && !after) {
        bits |= 1 << bitOf(rule.getKey());
      }
      before = after;
    }
    if (shell.extras().containsKey("path_collision_mask")
        && shell.extras().get("path_collision_mask").at(row) == 1) {
      bits |= 1 << 6;
    }
    if (!shell.worldFromCamera().get(row).isFinite()) {
      bits |= 1 << 1;
    }
    return bits == 0 ? 1 << 12 : bits;
  }

  private static int bitOf(String rule) {
    return Map.of("FreeSpaceRule", 2, "MinDistanceToMeshRule", 5, "PathCollisionRule", 6)
        .getOrDefault(rule, 12);
  }

  private static int primary(boolean valid, int bitset) {
    if (valid) {
      return 0;
    }
    for (int bit : PRIMARY) {
      if ((bitset & 1 << bit) != 0) {
        return bit;
      }
    }
    return 12;
  }

  /** Masks need not be cumulative, and some are of another length. */
  private CandidateShell shell() {
    boolean[] valid = new boolean[ROWS];
    List<Pose12> poses = new ArrayList<>();
    double[] collisions = new double[ROWS];
    for (int row = 0; row < ROWS; row++) {
      valid[row] = random.nextInt(3) == 0;
      collisions[row] = random.nextInt(3) == 0 ? 1 : 0;
      double x = random.nextInt(5) == 0 ? Double.NaN : 1;
      poses.add(new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, x, 0, 0));
    }
    Map<String, MaskColumn> rules = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(RULES);
    while (!names.isEmpty()) {
      String rule = names.remove(random.nextInt(names.size()));
      if (random.nextInt(4) > 0) {
        rules.put(rule, mask(random.nextInt(6) == 0 ? ROWS + random.nextInt(3) - 1 : ROWS));
      }
    }
    return new CandidateShell(
        MaskColumn.of(valid),
        rules,
        poses,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        random.nextBoolean()
            ? Map.of("path_collision_mask", DoubleColumn.of(collisions))
            : Map.of());
  }

  private MaskColumn mask(int length) {
    boolean[] alive = new boolean[length];
    for (int row = 0; row < length; row++) {
      alive[row] = random.nextInt(4) > 0;
    }
    return MaskColumn.of(alive);
  }
}
