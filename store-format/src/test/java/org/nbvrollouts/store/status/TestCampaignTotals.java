package org.nbvrollouts.store.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.commit.CommitHarness;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

/** Reports that are made while shards pass by equal those that hold all shards. */
class TestCampaignTotals {
  private static final List<RolloutShardEntry> ENTRIES = ManifestFixtures.oneRowEntries(40);

  @TempDir private Path folder;

  @Test
  void aStreamedReportHasTheBytesOfAWholeOne() throws IOException {
    RolloutShardCampaignStatus whole = status(3);
    assertThat(streamed(whole)).isEqualTo(whole.toBytes());
    RolloutShardCampaignStatus empty =
        new RolloutShardCampaignStatus(
            "m", "final", List.of(), List.of("x"), "2026-01-01T00:00:00Z", VerifyLevel.FILES);
    assertThat(streamed(empty)).isEqualTo(empty.toBytes());
  }

  @Test
  void onlyTheFirstUnfinishedShardsAreNamed() throws IOException {
    CampaignTotals totals = status(1).totals();
    assertThat(totals.unfinishedText())
        .startsWith("shard-000001:missing, shard-000002:missing, ")
        .endsWith("shard-000020:missing, ... +19 more");
    assertThat(totals.count(ShardState.SUCCEEDED)).isEqualTo(1);
    assertThat(totals.isComplete()).isFalse();
  }

  @Test
  void changesSinceAnEarlierReportAreFound() throws IOException {
    Path old = folder.resolve("old.json");
    Files.write(old, status(3).toBytes());
    Map<String, String> owners = StatusReportParser.ownersOfFinished(old);
    assertThat(owners.keySet()).containsExactly("shard-000000", "shard-000001", "shard-000002");

    Files.writeString(folder.resolve("final/shard-000001/_SUCCESS.json"), "{");
    Map<String, String> edited = new HashMap<>(owners);
    edited.put("shard-000002", "0".repeat(64));
    edited.put("shard-000077", "0".repeat(64));
    StatusComparison comparison = new StatusComparison(edited);
    status(5).shards().forEach(comparison::add);
    assertThat(comparison.count()).isEqualTo(3);
    assertThat(comparison.finishedSince()).isEqualTo(2);
    assertThat(comparison.differences())
        .satisfiesExactly(
            text -> assertThat(text).isEqualTo("shard-000001: was finished, is incomplete"),
            text ->
                assertThat(text)
                    .startsWith(
                        "shard-000002: another store is committed (expected owner_sha256=000")
                    .contains("found=" + owners.get("shard-000002")),
            text -> assertThat(text).isEqualTo("shard-000077: was finished, is not in this plan"));
  }

  @Test
  void whatIsNoReportIsRefused() throws IOException {
    Path file = folder.resolve("odd.json");
    for (String text : List.of("[]", "{\"counts\": {}}", "{\"shards\": [{}]}", "{\"shards\": [")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> StatusReportParser.ownersOfFinished(file))
          .as(text)
          .isInstanceOf(RefusedInputException.class)
          .hasMessageStartingWith("Cannot compare with report: ")
          .hasMessageContaining("file=" + file);
    }
  }

  @Test
  void idsTakeABitAndOddOnesAreKept() {
    ShardIdSet ids = new ShardIdSet();
    for (String id :
        List.of("shard-000003", "shard-1234567", "shard-0000003", "shard-99999999999")) {
      assertThat(ids.contains(id)).as(id).isFalse();
      ids.add(id);
      assertThat(ids.contains(id)).as(id).isTrue();
    }
    assertThat(ids.contains("shard-000004")).isFalse();
    ShardIdSet known = new ShardIdSet();
    known.add("shard-000003");
    assertThat(ids.without(known))
        .containsExactly("shard-1234567", "shard-0000003", "shard-99999999999");
  }

  private static byte[] streamed(RolloutShardCampaignStatus whole) throws IOException {
    StringWriter out = new StringWriter();
    try (StatusReportFile file = new StatusReportFile()) {
      for (RolloutShardStatus shard : whole.shards()) {
        file.add(shard);
      }
      file.writeTo(
          out,
          new CampaignStatusReport(
              whole.manifestPath(),
              whole.finalRoot(),
              whole.totals(),
              whole.orphans(),
              whole.generatedAtUtc(),
              whole.verifyLevel()));
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private RolloutShardCampaignStatus status(int finished) {
    CommitHarness harness = new CommitHarness(StoreLocation.of(folder.resolve("final")));
    ENTRIES.subList(0, finished).forEach(harness::run);
    ShardStatusReader reader =
        new ShardStatusReader(
            harness.io(),
            harness.layout(),
            store -> {
              throw new IOException("not asked for");
            },
            VerifyLevel.FILES);
    return new RolloutShardCampaignStatus(
        "m",
        "final",
        reader.statusOfAll(ENTRIES),
        List.of("notes.txt"),
        "2026-01-01T00:00:00Z",
        VerifyLevel.FILES);
  }
}
