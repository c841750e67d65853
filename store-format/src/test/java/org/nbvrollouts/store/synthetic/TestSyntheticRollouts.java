package org.nbvrollouts.store.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nbvrollouts.store.check.RolloutZarrValidationResult;
import org.nbvrollouts.store.check.RolloutZarrValidator;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.TableStores;

class TestSyntheticRollouts {
  private static final long SEED = 20260901L;

  private static MemoryStoreFiles store(SyntheticRollouts rollouts, List<RolloutZarrRecord> rows) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(files, RolloutTables.of(rows, rollouts.config(), WorkedExample.context()));
    return files;
  }

  static List<SyntheticShape> shapes() {
    return List.of(
        SyntheticShape.of(0, 1, 1, 1, 1),
        SyntheticShape.of(1, 1, 1, 1, 1),
        SyntheticShape.of(3, 2, 7, 4, 60),
        SyntheticShape.of(2, 2, 2, 3, 5).withDepth(24).withCrops(9),
        SyntheticShape.of(1, 1, 2, 2, 200).withDepth(1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void storesPassEveryCheck(SyntheticShape shape) {
    SyntheticRollouts rollouts = new SyntheticRollouts(shape, SEED);
    RolloutZarrValidationResult result =
        RolloutZarrValidator.validateRolloutZarrStore(
            RolloutZarrStoreReader.open(store(rollouts, rollouts.records())));

    assertThat(result.findings()).as("seed %d", SEED).isEmpty();
    assertThat(result.strictFindings()).as("seed %d", SEED).isEmpty();
    assertThat(result.numRollouts()).isEqualTo((int) shape.totalRollouts());
    assertThat(result.numSteps()).isEqualTo((int) shape.totalSteps());
    assertThat(result.numCandidates()).isEqualTo((int) shape.totalCandidates());
  }

  @Test
  void aSeedGivesTheSameBytesAndAnotherSeedOthers() {
    SyntheticShape shape = SyntheticShape.of(2, 2, 2, 2, 12).withDepth(8).withCrops(4);
    SyntheticRollouts first = new SyntheticRollouts(shape, SEED);
    SyntheticRollouts again = new SyntheticRollouts(shape, SEED);
    SyntheticRollouts other = new SyntheticRollouts(shape, SEED + 1);

    assertThat(store(again, again.records())).isEqualTo(store(first, first.records()));
    assertThat(store(other, other.records())).isNotEqualTo(store(first, first.records()));
  }

  @Test
  void aRowIsTheSameInALargerSet() {
    SyntheticRollouts small = new SyntheticRollouts(SyntheticShape.of(2, 2, 2, 2, 12), SEED);
    SyntheticRollouts large = new SyntheticRollouts(SyntheticShape.of(900, 2, 2, 2, 12), SEED);

    assertThat(store(large, large.row(1))).isEqualTo(store(small, small.row(1)));
  }

  @Test
  void candidatesAreOfEveryKind() {
    SyntheticRollouts rollouts = new SyntheticRollouts(SyntheticShape.of(4, 1, 2, 5, 60), SEED);
    RolloutZarrStoreReader store = RolloutZarrStoreReader.open(store(rollouts, rollouts.records()));
    boolean[] valid = store.bools("candidates/actor_action_mask");
    int count = 0;
    for (boolean value : valid) {
      count += value ? 1 : 0;
    }

    assertThat((double) count / valid.length).as("seed %d", SEED).isBetween(0.7, 0.85);
    assertThat(store.ints("candidates/invalid_reason_bitset")).contains(1, 1 << 2, 1 << 5, 1 << 6);
    assertThat(store.floats("rollouts/final_cumulative_target_root_gain"))
        .doesNotContain(Float.NaN);
    assertThat(store.ints("candidates/mixture_id")).contains(0, 1, 2);
  }

  @Test
  void aShapeWithoutCandidatesIsRefused() {
    assertThatThrownBy(() -> SyntheticShape.of(1, 1, 1, 1, 0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid candidates: 0 (expected at least 1)");
  }
}
