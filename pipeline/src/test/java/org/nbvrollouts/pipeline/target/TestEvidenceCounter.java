package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.SourceSample;
import org.nbvrollouts.store.source.VoxelEvidence;

class TestEvidenceCounter {
  private static final OrientedBox CUBE = BoxFixtures.box(0, Pose12.IDENTITY, 1, 1, 1);

  @Test
  void supportCountsPointsStrictlyInsideTheBox() {
    PointCloud points =
        PointCloud.of(
            new float[] {0, 0, 0, 1, 0, 0, 0.99f, -0.99f, 0.99f, 0, 0, 1.5f, 0, -0.5f, 0});
    TargetEvidence evidence = count(points, Optional.empty(), 20_000);
    assertThat(evidence.semidenseSupportCount()).isEqualTo(3);
    assertThat(evidence.evlSupportCount()).isZero();
    assertThat(evidence.effectiveSupportCount()).isEqualTo(3);
    assertThat(count(points, Optional.empty(), 2).semidenseSupportCount()).isEqualTo(1);
  }

  @Test
  void voxelSupportCountsObservedCentresInTheirFrame() {
    int[] counts = new int[4 * 3 * 2];
    // Depth 0, height 2, width 1 and depth 3, height 0, width 0 of a 4 × 3 × 2 grid.
    counts[5] = 9;
    counts[18] = 1;
    VoxelEvidence grid =
        new VoxelEvidence(
            BoxFixtures.at(10, 0, 0),
            new AxisAlignedBox(-2, 2, 0, 3, -4, 4),
            IntColumn.of(4, 3, 2),
            IntColumn.of(counts),
            Optional.empty());
    OrientedBox small = BoxFixtures.box(0, Pose12.IDENTITY, 0.1, 0.1, 0.1);
    EvidenceCounter counter = counter(PointCloud.EMPTY, Optional.of(grid), 20_000);
    assertThat(counter.count(new WorldBox(small, BoxFixtures.at(11, 2.5, -3))).evlSupportCount())
        .isEqualTo(1);
    assertThat(counter.count(new WorldBox(small, BoxFixtures.at(9, 0.5, 3))).evlSupportCount())
        .isEqualTo(1);
    assertThat(counter.count(new WorldBox(small, BoxFixtures.at(11, 0.5, 3))).evlSupportCount())
        .isZero();
  }

  private static TargetEvidence count(
      PointCloud points, Optional<VoxelEvidence> voxels, int limit) {
    return counter(points, voxels, limit).count(new WorldBox(CUBE, Pose12.IDENTITY));
  }

  private static EvidenceCounter counter(
      PointCloud points, Optional<VoxelEvidence> voxels, int limit) {
    SourceSample sample =
        SampleFixtures.sample("key", Optional.empty(), Optional.empty(), points, voxels);
    return new EvidenceCounter(
        new TargetEvidenceConfig(240, 240, 57_600, 1, 1, limit), sample.actor());
  }
}
