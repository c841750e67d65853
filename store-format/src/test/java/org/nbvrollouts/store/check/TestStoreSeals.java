package org.nbvrollouts.store.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.rollout.RandomRollouts;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.rollout.RolloutStoreManifestContext;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;
import org.nbvrollouts.store.rollout.WorkedExample;
import org.nbvrollouts.store.table.RolloutTables;
import org.nbvrollouts.store.zarr.MemoryStoreFiles;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;
import org.nbvrollouts.store.zarr.StoreEditor;
import org.nbvrollouts.store.zarr.TableStores;

class TestStoreSeals {
  private static final long SEED = 20260602L;

  private static MemoryStoreFiles write(
      List<RolloutZarrRecord> records,
      RolloutZarrStoreConfig config,
      RolloutStoreManifestContext context) {
    MemoryStoreFiles files = new MemoryStoreFiles();
    TableStores.write(files, RolloutTables.of(records, config, context));
    return files;
  }

  private static StoreSeals seal(MemoryStoreFiles files) {
    return StoreSeals.of(RolloutZarrStoreReader.open(files));
  }

  private static List<RolloutZarrRecord> random() {
    return new RandomRollouts(SEED).records(3, 5);
  }

  @Test
  void framesHaveTheirGoldenDigest() {
    SealDigest digest = new SealDigest();
    digest.record("a.json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    digest.record("b/x.bin", new byte[] {1, 2});

    assertThat(digest.hex())
        .isEqualTo("5972bdd73c09c69b19a62e47a671f6ef0d3b4683ecb19a0e2f7779878f054646");
  }

  @Test
  void creationTimeInvocationAndChunkingDoNotCount() {
    var other = RolloutStoreManifestContext.programmatic(Instant.parse("2027-01-02T03:04:05Z"));
    StoreSeals first = seal(write(random(), RandomRollouts.config(), WorkedExample.context()));

    assertThat(seal(write(random(), RandomRollouts.config(), other)))
        .as("seed %d", SEED)
        .isEqualTo(first);
    assertThat(first.rowDataSha256()).containsOnlyKeys(100L, 107L, 114L);
  }

  @Test
  void everyValueCounts() {
    MemoryStoreFiles files =
        write(WorkedExample.records(), WorkedExample.config(), WorkedExample.context());
    StoreSeals before = seal(files);
    for (String path :
        List.of(
            "candidates/scene_rri",
            "selected_depth/depth_m",
            "targets/gt_match_iou",
            "lineage/mesh_version_id",
            "rollouts/random_seed")) {
      MemoryStoreFiles changed = files.copy();
      new StoreEditor(changed).set(path, 0, 3);
      assertThat(seal(changed).dataSha256()).as(path).isNotEqualTo(before.dataSha256());
      assertThat(seal(changed).rowDataSha256()).as(path).isNotEqualTo(before.rowDataSha256());
    }
  }

  @Test
  void rowsKeepTheirSealInAnotherShard() {
    List<RolloutZarrRecord> all = random();
    StoreSeals whole = seal(write(all, RandomRollouts.config(), WorkedExample.context()));
    List<RolloutZarrRecord> resharded = new ArrayList<>();
    for (RolloutZarrRecord record : all) {
      if (record.lineage().sourceRowId() != 100) {
        resharded.add(
            new RolloutZarrRecord(
                record.result(),
                new RolloutLineageBuilder(record.lineage())
                    .splitManifestHash("ffffffffffffffff")
                    .selectionRngStateHash("seed-once:0:split-manifest:ffffffffffffffff")
                    .build(),
                record.rolloutIdPrefix()));
      }
    }
    Collections.rotate(resharded, 4);
    StoreSeals part = seal(write(resharded, RandomRollouts.config(), WorkedExample.context()));

    assertThat(part.rowDataSha256()).as("seed %d", SEED).containsOnlyKeys(107L, 114L);
    part.rowDataSha256()
        .forEach(
            (row, sha256) ->
                assertThat(sha256)
                    .as("seed %d, source row %d", SEED, row)
                    .isEqualTo(whole.rowDataSha256().get(row)));
    assertThat(part.dataSha256()).isNotEqualTo(whole.dataSha256());
  }

  @Test
  void anEmptyStoreHasASealAndNoRows() {
    StoreSeals seals = seal(write(List.of(), WorkedExample.config(), WorkedExample.context()));

    assertThat(seals.dataSha256()).matches("[0-9a-f]{64}");
    assertThat(seals.rowDataSha256()).isEmpty();
  }
}
