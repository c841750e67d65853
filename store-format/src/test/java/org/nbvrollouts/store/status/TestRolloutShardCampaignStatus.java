package org.nbvrollouts.store.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.commit.CommitHarness;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.io.FaultInjectingStoreIO;
import org.nbvrollouts.store.io.FaultPlan;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.ManifestFixtures;
import org.nbvrollouts.store.manifest.RolloutShardEntry;

class TestRolloutShardCampaignStatus {
  private static final List<RolloutShardEntry> ENTRIES = ManifestFixtures.oneRowEntries(3);

  @TempDir private Path folder;

  @Test
  void goldenStatusHasTheGoldenBytes() {
    RolloutShardCampaignStatus status =
        report(
            "m.jsonl",
            "final",
            List.of(
                bare("shard-000000", ShardState.SUCCEEDED),
                bare("shard-000001", ShardState.MISSING)),
            List.of());
    String text = CanonicalJson.pretty(status.toReferenceJson());
    assertThat(text).hasSize(842);
    assertThat(CanonicalJson.sha256Hex(text.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a536c5fd005365036651840fce36debc1840356a22cca719ed8be3b60ed5f549");
  }

  @Test
  void aCampaignIsReportedFromStorageAlone() throws IOException {
    CommitHarness harness = harness();
    harness.run(ENTRIES.get(0));
    Files.createDirectories(folder.resolve("final/shard-000099"));
    Files.writeString(folder.resolve("final/notes.txt"), "x");
    Files.writeString(folder.resolve("final/shard-000001"), "a file");
    RolloutShardCampaignStatus status = status(harness);

    assertThat(status.shards())
        .extracting(RolloutShardStatus::state)
        .containsExactly(ShardState.SUCCEEDED, ShardState.INCOMPLETE, ShardState.MISSING);
    assertThat(status.orphans()).containsExactly("notes.txt", "shard-000099");
    assertThat(status.totals().rowsTotal()).isEqualTo(3);
    assertThat(status.totals().rowsDone()).isEqualTo(1);
    assertThat(status.totals().isComplete()).isFalse();
    assertThat(status.totals().storage().files()).isEqualTo(3);
    assertThat(status.totals().unfinishedText())
        .isEqualTo("shard-000001:incomplete, shard-000002:missing");
    Map<String, Object> json = JsonParser.parseObject(status.toBytes(), "status");
    assertThat(json).containsEntry("verify_level", "files").containsEntry("rows_done", 1L);
  }

  @Test
  void markersOfAnotherPlanAreStaleAndDoNotMakeAShardFailed() throws IOException {
    CommitHarness harness = harness();
    Files.createDirectories(folder.resolve("final"));
    String name = "_FAILED.shard-000002.2026-05-15T12-30-45Z.a1-0123456789ab.json";
    Files.writeString(folder.resolve("final").resolve(name), "{\"shard_id\": 7}");
    RolloutShardStatus shard = status(harness).shards().get(2);
    assertThat(shard.state()).isEqualTo(ShardState.MISSING);
    assertThat(shard.failedMarkers()).hasSize(1).isEqualTo(shard.staleFailedMarkers());
  }

  @Test
  void manyUnfinishedShardsAreCutShort() {
    List<RolloutShardStatus> shards =
        ManifestFixtures.oneRowEntries(23).stream()
            .map(entry -> bare(entry.shardId(), ShardState.MISSING))
            .toList();
    assertThat(report("m", "final", shards, List.of()).totals().unfinishedText())
        .startsWith("shard-000000:missing, shard-000001:missing")
        .endsWith("shard-000019:missing, ... +3 more");
  }

  @Test
  void theOrderOfReadingDoesNotMatter() {
    CommitHarness harness = harness();
    harness.run(ENTRIES.get(1));
    CampaignScan scan = CampaignScan.of(harness.io(), harness.layout());
    Set<RolloutShardStatus> backwards =
        Set.of(2, 1, 0).stream()
            .map(
                i ->
                    reader(harness)
                        .statusOf(ENTRIES.get(i), scan.tracesOf(ENTRIES.get(i).shardId())))
            .collect(Collectors.toSet());
    assertThat(backwards).isEqualTo(Set.copyOf(status(harness).shards()));
  }

  @Test
  void aFinishedShardIsListedOnceAndEachOfItsFilesReadOnce() {
    CommitHarness harness = harness();
    harness.run(ENTRIES.get(0));
    FaultPlan plan = FaultPlan.none();
    new ShardStatusReader(
            new FaultInjectingStoreIO(harness.io(), plan),
            harness.layout(),
            harness.committer().inspection(),
            VerifyLevel.FILES)
        .statusOfAll(ENTRIES.subList(0, 1));
    String shard = folder.resolve("final/shard-000000").toString();
    assertThat(plan.operations())
        .map(operation -> operation.replace(shard, "SHARD"))
        .filteredOn(operation -> operation.contains("SHARD"))
        .containsExactly(
            "list SHARD",
            "read SHARD/_SUCCESS.json",
            "read SHARD/_owner.json",
            "listTree SHARD",
            "readRange SHARD/manifest.json",
            "readRange SHARD/steps/step_index/c/0",
            "readRange SHARD/zarr.json");
  }

  @Test
  void aStorageThatCannotListAttemptsIsNamedAtEveryShard() throws IOException {
    CommitHarness harness = harness();
    harness.run(ENTRIES.get(0));
    Files.deleteIfExists(folder.resolve("final/_attempts"));
    Files.writeString(folder.resolve("final/_attempts"), "a file");
    assertThat(status(harness).shards())
        .allSatisfy(
            shard -> assertThat(shard.has(ShardReason.STORAGE_ERROR)).as(shard.shardId()).isTrue());
  }

  private CommitHarness harness() {
    return new CommitHarness(StoreLocation.of(folder.resolve("final")));
  }

  private static ShardStatusReader reader(CommitHarness harness) {
    return new ShardStatusReader(
        harness.io(), harness.layout(), harness.committer().inspection(), VerifyLevel.FILES);
  }

  private static RolloutShardCampaignStatus status(CommitHarness harness) {
    ShardIdSet planned = new ShardIdSet();
    ENTRIES.forEach(entry -> planned.add(entry.shardId()));
    return report(
        "m.jsonl",
        harness.layout().finalRoot().text(),
        reader(harness).statusOfAll(ENTRIES),
        CampaignScan.of(harness.io(), harness.layout()).orphans(planned));
  }

  private static RolloutShardCampaignStatus report(
      String manifest, String root, List<RolloutShardStatus> shards, List<String> orphans) {
    return new RolloutShardCampaignStatus(
        manifest, root, shards, orphans, "2026-05-15T12:30:45Z", VerifyLevel.FILES);
  }

  private static RolloutShardStatus bare(String shardId, ShardState state) {
    return new RolloutShardStatus(
        shardId,
        "train",
        state,
        1,
        RolloutShardStatus.Place.of("final/" + shardId, "."),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        new AttemptCounts(0, 0, 0),
        RolloutShardStatus.Committed.NOTHING,
        List.of());
  }
}
