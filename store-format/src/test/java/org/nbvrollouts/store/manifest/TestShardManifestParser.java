package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.json.CanonicalJson;

class TestShardManifestParser {
  private static final String E = CanonicalJson.line(ManifestFixtures.entryE().toJson());

  @Test
  void goldenEntryHasTheGoldenBytes() {
    byte[] file = ShardManifest.of("m.jsonl", List.of(ManifestFixtures.entryE())).toBytes();
    assertThat(E).hasSize(651);
    assertThat(CanonicalJson.sha256Hex(E.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("9e82628e8f15bc0cf248fb4bedcd0c833fcfe7a2332b60eb9d45914cc89ee6dc");
    assertThat(file).hasSize(652);
    assertThat(CanonicalJson.sha256Hex(file))
        .isEqualTo("f90f7bff68ebf4a59ec803129681a53a3b349c46434c3a3ed4af713144329a18");
  }

  @Test
  void whatIsWrittenReadsBack() {
    List<RolloutShardEntry> entries = ManifestFixtures.oneRowEntries(12);
    ShardManifest parsed = parse(ShardManifest.of("m.jsonl", entries).toBytes());
    assertThat(parsed.entries()).isEqualTo(entries);
    assertThat(parsed.warnings()).isEmpty();
    assertThat(parsed.numRows()).isEqualTo(12);
  }

  @Test
  void anEmptyPlanIsAnEmptyFile() {
    assertThat(ShardManifest.of("m.jsonl", List.of()).toBytes()).isEmpty();
    assertThat(parse(new byte[0]).entries()).isEmpty();
  }

  @Test
  void blankLinesAreSkippedAndCounted() {
    assertThat(parse("\n\n" + E + "\n").lines().get(0).number()).isEqualTo(3);
  }

  @Test
  void allProblemsOfAFileAreReportedWithTheirLines() {
    String broken =
        String.join(
            "\n",
            E.replace("\"shard-000007\"", "\"../7\""),
            "{",
            "[]",
            E.replace("\"num_rows\": 2", "\"num_rows\": 3").replace("shard-000007", "shard-8"),
            E.replace("\"order\": 1", "\"order\": \"1\"").replace("shard-000007", "shard-9"));
    assertThatThrownBy(() -> parse(broken))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot use shard manifest: it breaks 5 rule(s) (file=m.jsonl)\n")
        .hasMessageContaining(
            "Invalid shard_id: ../7 (expected digits, or 'shard-' and digits, such as 7 or"
                + " shard-000007, file=m.jsonl, line=1)")
        .hasMessageContaining("file=m.jsonl, line=2, column=2)")
        .hasMessageContaining("file=m.jsonl, line=3)")
        .hasMessageContaining(
            "Invalid num_rows: 3 (expected 2, the number of rows, file=m.jsonl, line=4)")
        .hasMessageContaining(
            "Invalid rows[1].order: 1 (expected an integer, file=m.jsonl, line=5)");
  }

  @Test
  void theSplitHashIsComputedAgain() {
    assertRefused(
        E.replace("\"sample_index\": 11", "\"sample_index\": 12"),
        "Invalid split_manifest_hash: 9365e62d52438460 (expected ");
  }

  @Test
  void orderAndSplitOfRowsMustMatchTheEntry() {
    assertRefused(
        E.replace("\"order\": 1", "\"order\": 2"),
        "Invalid order: 2 (expected 1, rows[1], file=m.jsonl, line=1)");
    assertRefused(
        E.replaceFirst("\"split\": \"train\"}", "\"split\": \"val\"}"),
        "Invalid split: val (expected train, the split of the entry, rows[0], file=m.jsonl,"
            + " line=1)");
  }

  @Test
  void hashesHaveTheirForm() {
    assertRefused(
        E.replace("fedcba9876543210", "FEDCBA9876543210"),
        "Invalid writer_config_hash: FEDCBA9876543210 (expected 16 hex digits, with or without"
            + " 'cfg1:', file=m.jsonl, line=1)");
    assertThat(parse(E.replace("fedcba9876543210", "cfg1:fedcba9876543210")).entries()).hasSize(1);
  }

  @Test
  void oneRowMayNotBeInTwoShardsNorOneIdTwice() {
    String twice = E + "\n" + E.replace("shard-000007", "shard-000008");
    assertRefused(
        twice, "Invalid sample_key: S::k0 (expected once, also in line 1, file=m.jsonl, line=2)");
    assertRefused(
        twice,
        "Invalid source row: shard-000000 row 1 (expected once, also in line 1, file=m.jsonl,"
            + " line=2)");
    assertRefused(
        E + "\n" + E.replace("shard-000007", "7"),
        "Invalid shard_id: shard-000007 (expected once, also in line 1, file=m.jsonl, line=2)");
  }

  @Test
  void allEntriesHaveTheSameInputs() {
    List<RolloutShardEntry> entries = ManifestFixtures.oneRowEntries(2);
    String text =
        CanonicalJson.line(entries.get(0).toJson())
            + "\n"
            + CanonicalJson.line(entries.get(1).toJson())
                .replace("fedcba9876543210", "0000000000000000");
    assertRefused(
        text,
        "Invalid writer_config_hash: 0000000000000000 (expected fedcba9876543210 as in line 1,"
            + " file=m.jsonl, line=2)");
  }

  @Test
  void unknownKeysAreKeptAndWarnedAbout() {
    ShardManifest manifest = parse(E.replace("{\"manifest", "{\"later\": {\"a\": 1}, \"manifest"));
    assertThat(manifest.warnings()).containsExactly("Unknown key: later (file=m.jsonl, line=1)");
    assertThat(manifest.toBytes())
        .asString(StandardCharsets.UTF_8)
        .startsWith("{\"later\": {\"a\": 1}, ");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageContaining(message);
  }

  private static ShardManifest parse(String text) {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ShardManifest parse(byte[] bytes) {
    return ShardManifestParser.parse(bytes, "m.jsonl");
  }

  @Test
  void aBrokenLineIsPlacedOnce() {
    byte[] lines = "{\"x\":1\n[1]\n".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> ShardManifestParser.parse(lines, "shards.jsonl"))
        .hasMessageContaining(
            "expected close marker for Object (file=shards.jsonl, line=1, column=7)\n")
        .hasMessageContaining("a list (expected an object, file=shards.jsonl, line=2)");
  }
}
