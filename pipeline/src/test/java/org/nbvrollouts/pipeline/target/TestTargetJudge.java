package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.VoxelEvidence;

class TestTargetJudge {
  private static final int CONFIDENCE = 32;
  private static final OrientedBox CUBE = BoxFixtures.box(0, Pose12.IDENTITY, 1, 1, 1);

  /** The row of the file, with as many points and observed voxels in its box as it says. */
  static JudgedTarget judge(JsonNode row) {
    OrientedBox box = BoxFixtures.with(CUBE, CONFIDENCE, (float) row.get("confidence").asDouble());
    for (int camera = 0; camera < 3; camera++) {
      double[] image = GoldenVectors.numbers(row.get("bb2_xxyy").get(camera));
      for (int i = 0; i < 4; i++) {
        box = BoxFixtures.with(box, 6 + 4 * camera + i, (float) image[i]);
      }
    }
    int[] counts = new int[64];
    Arrays.fill(counts, 0, row.get("evl").asInt(), 3);
    VoxelEvidence voxels =
        new VoxelEvidence(
            Pose12.IDENTITY,
            new AxisAlignedBox(-1, 1, -1, 1, -1, 1),
            IntColumn.of(4, 4, 4),
            IntColumn.of(counts),
            Optional.empty());
    return judge(
        row.get("require_projected_visibility").asBoolean()
            ? new TargetEligibilityConfig(0.2, 16, true, 0.05, 0.35, 3, 128)
            : TargetEligibilityConfig.defaults(),
        box,
        BoxFixtures.points(row.get("semidense").asInt(), Pose12.IDENTITY),
        Optional.of(voxels));
  }

  private static JudgedTarget judge(
      TargetEligibilityConfig config,
      OrientedBox box,
      PointCloud points,
      Optional<VoxelEvidence> voxels) {
    EvidenceCounter counter =
        new EvidenceCounter(
            TargetEvidenceConfig.defaults(),
            SampleFixtures.sample("key", Optional.empty(), Optional.empty(), points, voxels)
                .actor());
    return new TargetJudge(config, counter)
        .judge(new WorldBox(box, box.tableFromObject()), "row-" + box.sourceIndex());
  }

  private static JudgedTarget judge(OrientedBox box) {
    return judge(
        TargetEligibilityConfig.defaults(),
        box,
        BoxFixtures.points(10, Pose12.IDENTITY),
        Optional.empty());
  }

  @Test
  void aNumberThatIsNotFiniteIsSaidOfTheBoxAndNotOfItsSupport() {
    JudgedTarget judged = judge(BoxFixtures.with(CUBE, CONFIDENCE, Float.NaN));
    assertThat(judged.reasons().bitset()).isEqualTo(1 << 4);
    assertThat(judged.evidence().semidenseSupportCount()).isEqualTo(10);
    assertThat(judged.score()).isNaN();
  }

  @Test
  void aBoxWithoutVolumeHoldsNothing() {
    JudgedTarget flat = judge(BoxFixtures.with(CUBE, 4, 0.5f, 0.5f));
    assertThat(flat.reasons().bitset()).isEqualTo((1 << 5) | (1 << 9));
    assertThat(flat.reasons().primary()).isEqualTo(5);
    JudgedTarget inverted = judge(BoxFixtures.with(CUBE, 0, 1, -1));
    assertThat(inverted.reasons().bitset()).isEqualTo((1 << 5) | (1 << 9));
    JudgedTarget infinite = judge(BoxFixtures.with(CUBE, 1, Float.POSITIVE_INFINITY));
    assertThat(infinite.reasons().bitset()).isEqualTo((1 << 4) | (1 << 5));
    assertThat(infinite.reasons().primary()).isEqualTo(4);
  }

  @Test
  void everythingThatSpeaksAgainstARowIsKept() {
    JudgedTarget judged =
        judge(
            new TargetEligibilityConfig(0.95, 16, true, 0.05, 0.35, 3, 128),
            CUBE,
            PointCloud.EMPTY,
            Optional.empty());
    assertThat(judged.reasons().bitset()).isEqualTo((1 << 6) | (1 << 7) | (1 << 8) | (1 << 9));
    assertThat(judged.reasons().primary()).isEqualTo(6);
    assertThat(judged.visibility()).isZero();
  }

  @Test
  void aSmallProjectionIsNoReasonUnlessProjectionIsRequired() {
    OrientedBox small = BoxFixtures.with(CUBE, 6, 10, 13, 10, 13);
    assertThat(judge(small).isEligible()).isTrue();
    assertThat(
            judge(
                    new TargetEligibilityConfig(0.2, 16, true, 0.05, 0.35, 3, 128),
                    small,
                    BoxFixtures.points(10, Pose12.IDENTITY),
                    Optional.empty())
                .reasons()
                .bitset())
        .isEqualTo(1 << 8);
  }

  @Test
  void aSaturatedRowScoresZeroAndStaysEligible() {
    JudgedTarget judged =
        judge(
            TargetEligibilityConfig.defaults(),
            CUBE,
            BoxFixtures.points(128, Pose12.IDENTITY),
            Optional.empty());
    assertThat(judged.deficit()).isZero();
    assertThat(judged.score()).isZero();
    assertThat(judged.isEligible()).isTrue();
  }
}
