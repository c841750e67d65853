package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;
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

  /** Hashes of the plans of commit 3f47031, which sorted rows in memory; never change them. */
  @ParameterizedTest
  @CsvSource({
    "100, NONE, 1, 9a619abbbc7b630d849519ccea885c51e242fce030d6cb707e9d568cfff98f7e",
    "100, NONE, 7, 847d3d6e46563f1fc94bc49838f548f1ffb91afd9e14fc0b075b0f2eea4ab2b0",
    "100, SCENE, 1, e43f5b2b5400c94187b809cb3db4457b6737ce5a39a71815d7fca6d3122f2408",
    "100, SCENE, 7, c6f29293fbf1af3d2657197172edbd6b6bd21a730dbd6e36c01845f44b84f85b",
    "30000, NONE, 1, 7f81f599af4992a8ab2c8ca662be60d7f95d606f2f13c8abadb4ec8815916e2d",
    "30000, NONE, 7, f91662cee01afa48514407864ee6a8deb07d34a98fedf0a9db1f77859947aa33",
    "30000, SCENE, 1, c60585b83741b16dff3923769e0e9908c129883eb34ada2520c3592cafbff51e",
    "30000, SCENE, 7, 54e572ec294bc6866b2b9cfd7f8afb83d0e4842d05e97851f9ca5df559059686"
  })
  void theBytesOfAPlanNeverChange(
      int rows, ShardGrouping grouping, int rowsPerShard, String sha256) {
    ShardInputs inputs =
        new ShardInputs("cfg1:0123456789abcdef", "0123456789abcdef", "rollout-source-v1");
    List<RolloutShardEntry> entries =
        ManifestFixtures.plan(
            new RolloutShardPlanner(inputs, "/source", rowsPerShard, grouping),
            randomRows(rows, 7));
    assertThat(CanonicalJson.sha256Hex(ShardManifest.of("m", entries).toBytes())).isEqualTo(sha256);
  }

  private static List<SampleIdentity> randomRows(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> splits = List.of("train", "val", "test");
    List<SampleIdentity> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String scene = "scene-" + random.nextInt(1000) + (random.nextInt(10) == 0 ? "-ü😀" : "");
      rows.add(
          new SampleIdentity(
              i,
              scene + "::k" + i,
              scene,
              "k" + i,
              splits.get(random.nextInt(3)),
              "part-%05d".formatted(i / 64),
              i % 64));
    }
    return rows;
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
    return ManifestFixtures.plan(
        new RolloutShardPlanner(ManifestFixtures.INPUTS, "source", rowsPerShard, grouping), ROWS);
  }

  private static List<List<Long>> indices(List<RolloutShardEntry> entries) {
    return entries.stream()
        .map(entry -> entry.rows().stream().map(RolloutShardRow::sampleIndex).toList())
        .toList();
  }
}
