package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.TriangleMesh;

class TestPathRule {

  @Test
  void exactClearanceIsNeverAboveSampledClearance() {
    long seed = 41;
    SplittableRandom random = new SplittableRandom(seed);
    int smaller = 0;
    for (int round = 0; round < 10; round++) {
      Bvh mesh = Bvh.build(Meshes.soup(random, 1 + random.nextInt(120), 2));
      for (int i = 0; i < 40; i++) {
        Vector3 from = point(random);
        Vector3 to = point(random);
        double sampled = clearance(mesh, PathRule.SAMPLED_CLEARANCE, from, to);
        double exact = clearance(mesh, PathRule.EXACT_CLEARANCE, from, to);
        assertThat(exact)
            .as("seed %d, round %d, path %d", seed, round, i)
            .isLessThanOrEqualTo(sampled + 1e-12);
        smaller += exact < sampled - 1e-6 ? 1 : 0;
      }
    }
    assertThat(smaller).as("seed %d", seed).isGreaterThan(100);
  }

  @Test
  void aThinPostBetweenTwoSamplesIsSeenByTheExactRuleAlone() {
    TriangleMesh post =
        TriangleMesh.of(new float[] {0.5f, 0, -1, 0.5f, 0, 1, 0.5005f, 0, 0}, new int[] {0, 1, 2});
    Bvh mesh = Bvh.build(post);
    Vector3 from = new Vector3(-4, 0, 0);
    Vector3 to = new Vector3(4, 0, 0);
    assertThat(clearance(mesh, PathRule.SAMPLED_CLEARANCE, from, to)).isGreaterThan(0.1);
    assertThat(clearance(mesh, PathRule.EXACT_CLEARANCE, from, to)).isLessThan(1e-7);
  }

  @Test
  void rulesAreNamedInConfigurationFiles() {
    assertThat(PathRule.ofKey("sampled-clearance")).isEqualTo(PathRule.SAMPLED_CLEARANCE);
    assertThat(PathRule.ofKey("exact-clearance")).isEqualTo(PathRule.EXACT_CLEARANCE);
    assertThatThrownBy(() -> PathRule.ofKey("exact"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid path_rule: exact (expected sampled-clearance or exact-clearance)");
  }

  private static double clearance(Bvh mesh, PathRule rule, Vector3 from, Vector3 to) {
    SceneClearance scene =
        SceneClearance.of(mesh, FreeShell.base(rule, ViewJitterConfig.none()).rules());
    return scene.paths().leastMetres(scene.place(from), scene.place(to));
  }

  private static Vector3 point(SplittableRandom random) {
    return new Vector3(
        3 * random.nextDouble() - 1.5,
        3 * random.nextDouble() - 1.5,
        3 * random.nextDouble() - 1.5);
  }
}
