package org.nbvrollouts.store.damage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nbvrollouts.store.commit.PointerPublisher;
import org.nbvrollouts.store.commit.RenamePublisher;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/** What a committed shard may turn into that is no plain file where a plain file belongs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TestHostileStores {
  private static final String STEPS = "steps/step_row_id";

  @TempDir Path folder;

  private CommittedShards renamed() throws IOException {
    return new CommittedShards(
        folder.resolve("campaign"), 1, 3, new RenamePublisher(Durability.BUFFERED));
  }

  /** Puts a pipe in place of a file; nobody ever writes into it. */
  private static void pipe(Path file) throws IOException, InterruptedException {
    Files.delete(file);
    Process made = new ProcessBuilder("mkfifo", file.toString()).start();
    assumeTrue(made.waitFor() == 0, "no mkfifo here");
  }

  private static void link(Path file, Path target) throws IOException {
    Files.move(file, target);
    Files.createSymbolicLink(file, target);
  }

  private static ShardEvidence verified(CommittedShards shards) {
    return shards.verify(shards.entries().get(0), VerifyLevel.FILES);
  }

  private static void assertReported(ShardEvidence evidence, ShardReason reason, String detail) {
    assertThat(evidence.isCurrent()).isFalse();
    assertThat(evidence.findings())
        .extracting(ShardFinding::toString)
        .anySatisfy(text -> assertThat(text).startsWith(reason.text()).contains(detail));
  }

  @Test
  void pipeInPlaceOfTheMarkerIsNotOpened() throws Exception {
    CommittedShards shards = renamed();
    RolloutShardEntry entry = shards.entries().get(0);
    pipe(shards.path(entry.shardId() + "/_SUCCESS.json"));

    assertReported(verified(shards), ShardReason.MARKER_UNREADABLE, "it is no regular file");
  }

  @Test
  void pipeInPlaceOfTheOwnerIsNotOpened() throws Exception {
    CommittedShards shards = renamed();
    RolloutShardEntry entry = shards.entries().get(0);
    pipe(shards.path(entry.shardId() + "/_owner.json"));

    assertReported(verified(shards), ShardReason.OWNER_UNREADABLE, "it is no regular file");
  }

  @Test
  void pipeInPlaceOfAChunkIsNotOpened() throws Exception {
    CommittedShards shards = renamed();
    Path store = shards.storeOf(shards.entries().get(0)).localPath();
    pipe(store.resolve(STEPS + "/c/0"));

    assertReported(verified(shards), ShardReason.FILE_MISSING, STEPS + "/c/0");
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store);
    assertThatThrownBy(() -> reader.array(STEPS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("Cannot read store file: it is no regular file (file=");
  }

  @Test
  void folderInPlaceOfAChunkIsDamageAndNoFailureOfTheStorage() throws IOException {
    CommittedShards shards = renamed();
    Path store = shards.storeOf(shards.entries().get(0)).localPath();
    Files.delete(store.resolve(STEPS + "/c/0"));
    Files.createDirectory(store.resolve(STEPS + "/c/0"));

    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store);
    assertThatThrownBy(() -> reader.array(STEPS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("Cannot read store file: it is a folder (file=");
  }

  @Test
  void linkInPlaceOfAShardIsNoShard() throws IOException {
    CommittedShards shards = renamed();
    link(shards.path(shards.entries().get(0).shardId()), folder.resolve("elsewhere"));

    assertReported(verified(shards), ShardReason.NOT_A_DIRECTORY, "final=");
  }

  @Test
  void linkInPlaceOfAMarkerIsNotFollowed() throws IOException {
    CommittedShards shards = renamed();
    link(
        shards.path(shards.entries().get(0).shardId() + "/_SUCCESS.json"),
        folder.resolve("marker.json"));

    assertReported(verified(shards), ShardReason.MARKER_UNREADABLE, "it is a link");
  }

  @Test
  void folderInPlaceOfAMarkerIsNoMarker() throws IOException {
    CommittedShards shards = renamed();
    Path marker = shards.path(shards.entries().get(0).shardId() + "/_SUCCESS.json");
    Files.delete(marker);
    Files.createDirectory(marker);

    assertReported(verified(shards), ShardReason.MARKER_UNREADABLE, "it is a folder");
  }

  @Test
  void markerOfATebibyteIsNoMarker() throws IOException {
    CommittedShards shards = renamed();
    Path marker = shards.path(shards.entries().get(0).shardId() + "/_SUCCESS.json");
    try (RandomAccessFile file = new RandomAccessFile(marker.toFile(), "rw")) {
      file.setLength(1L << 40);
    }

    assertReported(
        verified(shards),
        ShardReason.MARKER_UNREADABLE,
        "it is too large for one read, 1099511627776 bytes (file=");
  }

  @Test
  void linkInPlaceOfAManifestIsNotFollowed() throws IOException {
    CommittedShards shards = renamed();
    Path store = shards.storeOf(shards.entries().get(0)).localPath();
    link(store.resolve("manifest.json"), folder.resolve("manifest.json"));

    assertReported(verified(shards), ShardReason.FILE_MISSING, "manifest.json");
    assertReported(verified(shards), ShardReason.STORE_MANIFEST_MISMATCH, "it is a link");
  }

  @Test
  void linkInPlaceOfAChunkIsNotFollowed() throws IOException {
    CommittedShards shards = renamed();
    Path store = shards.storeOf(shards.entries().get(0)).localPath();
    link(store.resolve(STEPS + "/c/0"), folder.resolve("chunk"));

    assertReported(verified(shards), ShardReason.FILE_MISSING, STEPS + "/c/0");
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store);
    assertThatThrownBy(() -> reader.array(STEPS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("Cannot read store file: a link leads out of the store (file=");
  }

  @Test
  void linkInPlaceOfAGroupIsNotFollowed() throws IOException {
    CommittedShards shards = renamed();
    Path store = shards.storeOf(shards.entries().get(0)).localPath();
    link(store.resolve("steps"), folder.resolve("steps"));

    assertReported(verified(shards), ShardReason.FILE_MISSING, STEPS + "/c/0");
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store);
    assertThatThrownBy(() -> reader.array(STEPS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("Cannot read store file: a link leads out of the store (file=");
  }

  @Test
  void linkInPlaceOfAnAttemptIsNotBelieved() throws IOException {
    CommittedShards shards =
        new CommittedShards(
            folder.resolve("campaign"), 1, 3, new PointerPublisher(Durability.BUFFERED));
    Path attempt = shards.storeOf(shards.entries().get(0)).localPath().getParent();
    link(attempt, folder.resolve("elsewhere"));

    assertReported(verified(shards), ShardReason.STORE_PATH_INVALID, "is no folder");
  }

  @Test
  void bytesOfMemoryAskedForByADocumentAreRefusedBeforeTheyAreTaken() throws IOException {
    CommittedShards shards = renamed();
    Path store = shards.storeOf(shards.entries().get(0)).localPath();
    Files.writeString(
        store.resolve("zarr.json"),
        "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{}}");
    Path document = store.resolve(STEPS + "/zarr.json");
    Files.writeString(
        document,
        Files.readString(document).replaceFirst("\"shape\": \\[\\s*\\d+", "\"shape\": [260000000"));
    RolloutZarrStoreReader reader = RolloutZarrStoreReader.open(store);

    assertThatThrownBy(() -> reader.array(STEPS))
        .isInstanceOf(InvalidContentException.class)
        .hasMessageContaining("Cannot read array: ");
  }
}
