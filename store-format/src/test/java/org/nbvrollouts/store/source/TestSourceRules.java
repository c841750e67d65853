package org.nbvrollouts.store.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TestSourceRules {
  private static final PointCloud UNIT_CUBE = PointCloud.of(new float[] {0, 0, 0, 1, 1, 1});
  private static final AxisAlignedBox UNIT_BOX = new AxisAlignedBox(0, 1, 0, 1, 0, 1);

  @Test
  void theSmallerOfVolumeAndPointsIsTheExtent() {
    AxisAlignedBox flat = new AxisAlignedBox(-9, 9, -9, 9, 0, 0);
    AxisAlignedBox large = new AxisAlignedBox(-9, 9, -9, 9, -9, 9);
    assertThat(OccupancyExtent.choose(Optional.of(large), UNIT_CUBE)).contains(UNIT_BOX);
    assertThat(OccupancyExtent.choose(Optional.of(flat), UNIT_CUBE)).contains(flat);
    assertThat(OccupancyExtent.choose(Optional.empty(), UNIT_CUBE)).contains(UNIT_BOX);
    assertThat(OccupancyExtent.choose(Optional.of(large), PointCloud.EMPTY)).contains(large);
    assertThat(OccupancyExtent.choose(Optional.empty(), PointCloud.EMPTY)).isEmpty();
  }

  @Test
  void paddingIsMinusOneNotANumberOrZero() {
    float[] values = new float[OrientedBox.LENGTH];
    assertThat(padding(values)).contains(BoxPadding.ZERO);
    Arrays.fill(values, -1f);
    assertThat(padding(values)).contains(BoxPadding.MINUS_ONE);
    values[0] = -2f;
    assertThat(padding(values)).isEmpty();
    values[29] = Float.NaN;
    assertThat(padding(values)).contains(BoxPadding.NOT_A_NUMBER);
    values[29] = 0f;
    values[33] = Float.NaN;
    assertThat(padding(values)).isEmpty();
  }

  private static Optional<BoxPadding> padding(float[] values) {
    return BoxPadding.of(OrientedBox.of(values, 0, 0));
  }

  @Test
  void sampleKeysAreSanitisedPerPart() {
    assertThat(
            SampleIdentity.keyOf("81283", "AriaSyntheticEnvironment_81283_AtekDataSample_000008"))
        .isEqualTo("81283::AriaSyntheticEnvironment_81283_AtekDataSample_000008");
    assertThat(SampleIdentity.keyOf("/a  b/", "x:ÄÖ:y")).isEqualTo("a_b::x_y");
  }

  /** Ranks computed with sha256sum over {@code scene-split-1|<id>}. */
  @Test
  void scenesAreRankedByTheirHash() {
    assertThat(SceneSplit.assign(List.of("a", "b", "c", "d"), 1, 1))
        .isEqualTo(Map.of("c", "val", "a", "test", "d", "train", "b", "train"));
    assertThatThrownBy(() -> SceneSplit.assign(List.of("a"), 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid split: 1 val and 1 test scenes (expected together at most the 1 scenes)");
  }
}
