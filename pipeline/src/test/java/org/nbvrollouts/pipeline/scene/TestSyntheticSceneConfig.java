package org.nbvrollouts.pipeline.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;

class TestSyntheticSceneConfig {

  @Test
  void defaultsAreTheDocumentedOnes() {
    SyntheticSceneConfig config = SyntheticSceneConfig.of(3, 9);
    assertThat(config)
        .isEqualTo(
            new SyntheticSceneConfig(3, 9, 4, 20, 10_000, 20_000, 200_000, DetectorNoise.DEFAULT));
  }

  @Test
  void impossibleNumbersAreRefused() {
    SyntheticSceneConfig config = SyntheticSceneConfig.of(1, 0);
    assertThatThrownBy(() -> SyntheticSceneConfig.of(0, 0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid number of scenes: 0 (expected 1 to 1000000)");
    assertThatThrownBy(() -> config.withSnippetsPerScene(0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid snippets per scene: 0 (expected 1 to 1000)");
    assertThatThrownBy(() -> config.withPosesPerSnippet(1))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid poses per snippet: 1 (expected 2 to 1000)");
    assertThatThrownBy(() -> config.withPointsPerSnippet(5))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid points per snippet: 5 (expected 100 to 1000000)");
    assertThatThrownBy(() -> config.withTriangles(50_000, 60_000))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid upper triangle bound: 60000 (expected 100000 to 4000000)");
    assertThatThrownBy(() -> new DetectorNoise(0, 0, 0, Double.NaN, 0))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid detector miss probability: NaN (expected 0 to 1.0)");
  }
}
