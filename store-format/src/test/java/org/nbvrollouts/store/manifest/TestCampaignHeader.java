package org.nbvrollouts.store.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.InvalidContentException;

class TestCampaignHeader {
  private static final ShardManifest MANIFEST =
      ShardManifest.of("m.jsonl", List.of(ManifestFixtures.entryE()));

  @Test
  void whatIsWrittenReadsBackToTheSameBytes() {
    CampaignHeader header = header();
    CampaignHeader parsed = CampaignHeaderParser.parse(header.toBytes(), "campaign.json");
    assertThat(parsed).isEqualTo(header);
    assertThat(parsed.toBytes()).isEqualTo(header.toBytes());
    assertThat(parsed.plan().manifestSha256Bytes())
        .isEqualTo("f90f7bff68ebf4a59ec803129681a53a3b349c46434c3a3ed4af713144329a18");
  }

  @Test
  void theCampaignIdIgnoresWhereTheSourceIs() {
    RolloutShardEntry entry = ManifestFixtures.entryE();
    RolloutShardEntry moved =
        new RolloutShardEntry(
            entry.shardId(),
            entry.split(),
            entry.inputs(),
            entry.splitManifestHash(),
            "elsewhere",
            entry.rows());
    assertThat(ManifestFixtures.campaignIdOf(ShardManifest.of("m", List.of(moved))))
        .isEqualTo(ManifestFixtures.campaignIdOf(MANIFEST))
        .matches("campaign-[0-9a-f]{16}");
  }

  @Test
  void allProblemsAreReported() {
    assertThatThrownBy(
            () ->
                CampaignHeaderParser.parse(
                    "{\"campaign_id\": \"../x\", \"num_rows\": \"2\"}"
                        .getBytes(StandardCharsets.UTF_8),
                    "campaign.json"))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining(
            "Invalid campaign_id: ../x (expected letters, digits, '.', '_' and '-')")
        .hasMessageContaining("Invalid num_rows: 2 (expected an integer)")
        .hasMessageContaining("Invalid grouping: missing (expected a string)")
        .hasMessageContaining("file=campaign.json");
  }

  private static CampaignHeader header() {
    return new CampaignHeader(
        ManifestFixtures.campaignIdOf(MANIFEST),
        "2026-05-15T12:30:45Z",
        ManifestFixtures.planOf(MANIFEST, 2, ShardGrouping.SCENE, "by scene"),
        "vin-store",
        Map.of("writer", Map.of("discount_gamma", 1.0)),
        "0.1.0");
  }
}
