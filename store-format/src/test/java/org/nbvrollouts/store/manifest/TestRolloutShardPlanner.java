package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.SampleIdentity;

class TestRolloutShardPlanner {
  private static final List<SampleIdentity> ROWS =
      List.of(
          ManifestFixtures.identity(0, "B", "val", 0),
          ManifestFixtures.identity(1, "B", "train", 1),
          ManifestFixtures.identity(2, "A", "train", 2),
          ManifestFixtures.identity(3, "B", "train", 3),
          ManifestFixtures.identity(4, "A", "val", 4));

  @Test
  void splitsComeInOrderOfFirstAppearanceAndNeverMix() {
    List<RolloutShardEntry> entries = plan(2, ShardGrouping.NONE);
    assertThat(entries)
        .extracting(RolloutShardEntry::shardId)
        .containsExactly("shard-000000", "shard-000001", "shard-000002");
    assertThat(entries)
        .extracting(RolloutShardEntry::split)
        .containsExactly("val", "train", "train");
    assertThat(indices(entries)).containsExactly(List.of(0L, 4L), List.of(1L, 2L), List.of(3L));
    assertThat(entries).allSatisfy(entry -> assertThat(entry.problems()).isEmpty());
  }

  @Test
  void groupingBySceneKeepsSourceOrderWithinAScene() {
    assertThat(indices(plan(2, ShardGrouping.SCENE)))
        .containsExactly(List.of(4L, 0L), List.of(2L, 1L), List.of(3L));
  }

  @Test
  void theSameInputsGiveTheSameBytes() {
    assertThat(ShardManifest.of("m", plan(1, ShardGrouping.SCENE)).toBytes())
        .isEqualTo(ShardManifest.of("m", plan(1, ShardGrouping.SCENE)).toBytes());
  }

  @Test
  void aShardHoldsAtLeastOneRow() {
    assertThatThrownBy(() -> plan(0, ShardGrouping.NONE))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid rows per shard: 0 (expected at least 1)");
  }

  @Test
  void anUnknownGroupingIsRefused() {
    assertThat(ShardGrouping.parse("scene")).isEqualTo(ShardGrouping.SCENE);
    assertThatThrownBy(() -> ShardGrouping.parse("room"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid grouping: room (expected none or scene)");
  }

  private static List<RolloutShardEntry> plan(int rowsPerShard, ShardGrouping grouping) {
    return new RolloutShardPlanner(ManifestFixtures.INPUTS, "source", rowsPerShard, grouping)
        .planRolloutShards(ROWS);
  }

  private static List<List<Long>> indices(List<RolloutShardEntry> entries) {
    return entries.stream()
        .map(entry -> entry.rows().stream().map(RolloutShardRow::sampleIndex).toList())
        .toList();
  }
}
