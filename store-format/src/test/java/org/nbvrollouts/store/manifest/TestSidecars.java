package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;

class TestSidecars {
  private static final StoreSeal SEAL =
      StoreSeal.of(
          List.of(
              new StoreFile("b/x.bin", sha256(new byte[] {1, 2}), 2),
              new StoreFile("a.json", sha256("{}".getBytes(StandardCharsets.UTF_8)), 2)),
          "d".repeat(64),
          "0".repeat(64));
  private static final OwnerSidecar OWNER =
      new OwnerSidecar(
          ManifestFixtures.entryE(),
          new AttemptOrigin(
              "campaign-1", "a3-0123456789ab", "tmp/shard-000007.tmp", "final/shard-000007"),
          SEAL,
          new ShardCounts(1, 2, 12),
          Map.of(),
          List.of(
              SourceOutcome.generated(0, 1, "stored", Map.of("no_ranked_targets", 2L))
                  .withRowDataSha256("e".repeat(64)),
              SourceOutcome.insufficientSupport(1, "no_ranked_targets", "3 boxes", Map.of())),
          Map.of("generate", 17L));

  @Test
  void goldenFileListHasTheGoldenSeal() {
    assertThat(CanonicalJson.pretty(SEAL.filesJson())).hasSize(257);
    assertThat(SEAL.filesSha256())
        .isEqualTo("8b37ebaffe545ccb281511eae7ef0f3521f5e3aadf16449e621bac16ca7567b6");
    assertThat(SEAL.size()).isEqualTo(new StorageSize(2, 4));
  }

  @Test
  void goldenOwnerAndMarkerHaveTheGoldenBytes() {
    String owner = CanonicalJson.pretty(OWNER.toReferenceJson());
    assertThat(owner).hasSize(1428);
    String ownerSha256 = CanonicalJson.manifestSha256(OWNER.toReferenceJson());
    assertThat(ownerSha256)
        .isEqualTo("f97c538f2a1eefb071730cc0e6083b4dfc600ea49558780a32e001c5c482bf24");
    String marker =
        CanonicalJson.pretty(SuccessSidecar.of(OWNER, ownerSha256, ".").toReferenceJson());
    assertThat(marker).hasSize(468);
    assertThat(sha256(marker.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("53085175dce127be492691879a04bdb7cf23e1909dea448a5747d2555c55c0df");
  }

  @Test
  void ownerReadsBackToTheSameBytes() {
    Map<String, Object> json = JsonParser.parseObject(OWNER.toBytes(), "o");
    OwnerSidecar parsed = OwnerSidecarParser.parse(json, "o");
    assertThat(parsed).isEqualTo(OWNER);
    assertThat(parsed.toBytes()).isEqualTo(OWNER.toBytes());
  }

  @Test
  void markerReadsBackToTheSameBytes() {
    SuccessSidecar marker = SuccessSidecar.of(OWNER, "a".repeat(64), "a3-0123456789ab/store");
    SuccessSidecar parsed =
        SuccessSidecarParser.parse(JsonParser.parseObject(marker.toBytes(), "s"), "s");
    assertThat(parsed).isEqualTo(marker);
    assertThat(parsed.toBytes()).isEqualTo(marker.toBytes());
  }

  @Test
  void failureReadsBackAndCarriesWhatWasFound() {
    FailureSidecar failure =
        new FailureSidecar(
            SidecarIdentity.of(OWNER.entry()),
            OWNER.origin(),
            new FailureDetail(FailureKind.CONFIG_DRIFT, "S0", "SomeException", "text"),
            Map.of("java", "17"),
            Map.of("writer_config_hash", "cfg1:0000000000000000"),
            List.of(),
            Map.of());
    Map<String, Object> json = JsonParser.parseObject(failure.toBytes(), "f");
    assertThat(json)
        .containsEntry("observed_writer_config_hash", "cfg1:0000000000000000")
        .containsEntry("writer_config_hash", "fedcba9876543210")
        .containsEntry("retriable", false);
    assertThat(FailureSidecarParser.parse(json, "f")).isEqualTo(failure);
    assertThat(failure.fileName(Instant.parse("2026-05-15T12:30:45.678Z")))
        .isEqualTo("_FAILED.shard-000007.2026-05-15T12-30-45Z.a3-0123456789ab.json");
  }

  @Test
  void allProblemsOfAnOwnerAreReported() {
    Map<String, Object> json = new LinkedHashMap<>(JsonParser.parseObject(OWNER.toBytes(), "o"));
    json.put("num_source_rows", 3L);
    json.put("files_sha256", "0");
    json.remove("campaign_id");
    assertThatThrownBy(() -> OwnerSidecarParser.parse(json, "o"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessage(
            "Invalid owner sidecar: Invalid shard_entry: it contradicts the keys beside it"
                + " (expected the same); Invalid files_sha256: 0 (expected "
                + SEAL.filesSha256()
                + "); Invalid campaign_id: missing (expected a string) (expected none of these"
                + " problems, file=o)");
  }

  @Test
  void aSealedPathMayNotLeaveTheStore() {
    Map<String, Object> json = new LinkedHashMap<>(JsonParser.parseObject(OWNER.toBytes(), "o"));
    json.put("files", List.of(Map.of("path", "../x", "sha256", "0", "size", 1L)));
    assertThatThrownBy(() -> OwnerSidecarParser.parse(json, "o"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("Invalid path: ../x (expected names inside the store joined by '/')");
  }

  @Test
  void anEntryIsCurrentAfterItsSourceMoved() {
    Map<String, Object> moved = new LinkedHashMap<>(OWNER.entry().toJson());
    moved.put("source_store_dir", "elsewhere");
    assertThat(OWNER.entry().isEntry(moved)).isTrue();
    moved.put("num_rows", 2.0);
    assertThat(OWNER.entry().isEntry(moved)).isFalse();
    moved.put("num_rows", Double.NaN);
    assertThat(OWNER.entry().isEntry(moved)).isFalse();
    assertThat(OWNER.entry().isEntry(null)).isFalse();
  }

  private static String sha256(byte[] bytes) {
    return CanonicalJson.sha256Hex(bytes);
  }
}
