package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.source.SampleIdentity;

/** The entry and owner of the golden vectors (specification campaign 2.3). */
public final class ManifestFixtures {
  public static final ShardInputs INPUTS =
      new ShardInputs("fedcba9876543210", "0123456789abcdef", "7");

  private ManifestFixtures() {}

  /** The entry E of the vectors. */
  public static RolloutShardEntry entryE() {
    List<RolloutShardRow> rows = goldenRows();
    return new RolloutShardEntry(
        "shard-000007",
        "train",
        INPUTS,
        SplitManifestHash.of(INPUTS.sourceManifestHash(), "train", rows),
        "vin-store",
        rows);
  }

  static List<RolloutShardRow> goldenRows() {
    List<RolloutShardRow> rows = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      rows.add(RolloutShardRow.of(i, identity(10 + i, "S", "train", i)));
    }
    return rows;
  }

  /** A row {@code <scene>::k<row>} of source shard 0. */
  public static SampleIdentity identity(long index, String scene, String split, long row) {
    return new SampleIdentity(
        index, scene + "::k" + row, scene, "k" + row, split, "shard-000000", row);
  }

  /** A plan of one-row shards {@code 0..count-1}. */
  public static List<RolloutShardEntry> oneRowEntries(int count) {
    List<SampleIdentity> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(identity(i, "S", "train", i));
    }
    return plan(new RolloutShardPlanner(INPUTS, "vin-store", 1, ShardGrouping.NONE), rows);
  }

  /** The id of the campaign of a manifest. */
  public static String campaignIdOf(ShardManifest manifest) {
    CampaignId id = new CampaignId();
    manifest.entries().forEach(id::add);
    return id.text();
  }

  /** Size and cut of a manifest, as its header has them. */
  public static CampaignHeader.CampaignPlan planOf(
      ShardManifest manifest, int rowsPerShard, ShardGrouping grouping, String splitPolicy) {
    return new CampaignHeader.CampaignPlan(
        CanonicalJson.sha256Hex(manifest.toBytes()),
        manifest.lines().size(),
        manifest.numRows(),
        rowsPerShard,
        grouping,
        splitPolicy);
  }

  /** All entries of a plan. */
  public static List<RolloutShardEntry> plan(
      RolloutShardPlanner planner, List<SampleIdentity> rows) {
    List<RolloutShardEntry> entries = new ArrayList<>();
    planner.planRolloutShards(rows, entries::add);
    return entries;
  }
}
