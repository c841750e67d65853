package org.nbvrollouts.jobs.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nbvrollouts.jobs.benchmark.BenchmarkPoint.SceneScores;
import org.nbvrollouts.jobs.config.CampaignConfig;

class TestBenchmarkPoint {
  @Test
  void productionSizesAreTheProductionProfile() {
    BenchmarkPoint point = new BenchmarkPoint(20_000, 1, 60, 0, 0, SceneScores.ON);
    assertThat(point.config().hashes()).isEqualTo(CampaignConfig.profile("production").hashes());
  }

  @Test
  void otherSizesReachTheConfiguration() {
    var writer = new BenchmarkPoint(20_000, 1, 37, 3, 96, SceneScores.OFF).config().writer();
    assertThat(writer.generation().targetScorer().includeSceneRri()).isFalse();
    assertThat(writer.generation().targetScorer().depth().outputWidthPixels()).hasValue(96);
    assertThat(writer.generation().targetScorer().depth().outputHeightPixels()).hasValue(96);
    assertThat(writer.generation().candidateMixture().components())
        .extracting(component -> component.count())
        .containsExactly(15, 15, 7);
    assertThat(writer.generation().recipes()).hasSize(4).allMatch(one -> one.horizon() == 3);
  }

  @Test
  void moreCandidatesThanThoseOfTheProfileAreAllScored() {
    var writer = new BenchmarkPoint(20_000, 1, 240, 0, 0, SceneScores.ON).config().writer();
    assertThat(writer.generation().targetScorer().depth().maxCandidatesFinal()).isEqualTo(240);
  }
}
