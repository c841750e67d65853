package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TestSceneRandom {

  /**
   * First doubles of the stream with seed 1601507201, golden numbers of the generation contract.
   */
  @Test
  void streamIsTheSpecifiedOne() {
    SceneRandom random = new SceneRandom(1601507201);
    for (double expected : new double[] {0.156828880785, 0.438538288289, 0.49417864469}) {
      assertThat(random.uniform(0, 1)).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void childDoesNotDependOnEarlierDraws() {
    SceneRandom fresh = new SceneRandom(5);
    SceneRandom used = new SceneRandom(5);
    used.uniform(0, 1);
    assertThat(used.child("walk").uniform(0, 1)).isEqualTo(fresh.child("walk").uniform(0, 1));
  }

  @Test
  void childrenWithOtherNamesOrNumbersDiffer() {
    SceneRandom random = new SceneRandom(5);
    double walk = random.child("walk").uniform(0, 1);
    assertThat(random.child("tour").uniform(0, 1)).isNotEqualTo(walk);
    assertThat(random.child("walk", 1).uniform(0, 1))
        .isNotEqualTo(random.child("walk", 2).uniform(0, 1));
    assertThat(new SceneRandom(6).child("walk").uniform(0, 1)).isNotEqualTo(walk);
  }

  @Test
  void gaussianHasMeanZeroAndVarianceOne() {
    SceneRandom random = new SceneRandom(11);
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      double value = random.gaussian();
      sum += value;
      squares += value * value;
    }
    assertThat(sum / draws).isCloseTo(0, within(0.03));
    assertThat(squares / draws).isCloseTo(1, within(0.04));
  }
}
