package org.nbvrollouts.jobs.origin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.nbvrollouts.jobs.shard.StoredShardInspection;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardReason;
import org.nbvrollouts.store.commit.ShardVerifier;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestParser;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.schema.StoreSchema;

/**
 * Whether a store is data. One that was made for a shard of a campaign is data only once that shard
 * is committed, judged as {@code status} judges it from marker and owner; a store that names no
 * shard stands for itself.
 */
final class CommittedStore {
  private CommittedStore() {}

  /**
   * Refuses a store whose shard is not committed.
   *
   * @param store folder of the store itself
   * @throws RefusedInputException with the reasons of {@code status}
   * @throws EnvironmentException if marker or owner cannot be read
   */
  static void require(Path store) {
    Path manifest = store.resolve(StoreSchema.ROLLOUT_MANIFEST_FILENAME);
    Map<?, ?> shard = shardOf(manifest);
    if (shard.isEmpty()) {
      refuseWithSidecars(store, manifest);
      return;
    }
    byte[] line = CanonicalJson.line(shard).getBytes(StandardCharsets.UTF_8);
    RolloutShardEntry entry = ShardManifestParser.parse(line, manifest.toString()).entries().get(0);
    Path found = store.toAbsolutePath().normalize();
    Path shardFolder = finalDirectory(found);
    refuseFolders(shardFolder);
    StoreIO io = new LocalStoreIO(Durability.BUFFERED);
    ShardEvidence evidence =
        new ShardVerifier(io, new StoredShardInspection(io))
            .verify(entry, StoreLocation.of(shardFolder), VerifyLevel.MARKER);
    if (evidence.has(ShardReason.STORAGE_ERROR)) {
      throw new EnvironmentException(
          "Cannot open store: whether its shard is committed cannot be read (store="
              + store
              + ", "
              + evidence.findings().get(0).detail()
              + ")");
    }
    boolean isNamed =
        evidence.marker().isEmpty()
            || shardFolder.resolve(evidence.marker().get().storePath()).normalize().equals(found);
    if (!isNamed) {
      throw new RefusedInputException(
          "Cannot open store: another attempt of its shard is the committed one (store="
              + store
              + ", shard="
              + shardFolder
              + "). Name the shard's folder");
    }
    if (!evidence.isCurrent()) {
      throw new RefusedInputException(
          "Cannot open store: it is not a committed shard, so it is no data yet (store="
              + store
              + ", reasons="
              + evidence.findings().stream()
                  .map(finding -> finding.reason().text())
                  .distinct()
                  .collect(Collectors.joining(", "))
              + "). status names files and values; docs/operations.md says what to do");
    }
  }

  private static void refuseFolders(Path shardFolder) {
    for (String name : List.of(SuccessSidecar.FILE_NAME, OwnerSidecar.FILE_NAME)) {
      Path file = shardFolder.resolve(name);
      if (Files.isDirectory(file)) {
        throw new RefusedInputException(
            "Cannot open store: a folder stands where a file belongs (file="
                + file
                + "). Move the shard away and run again");
      }
    }
  }

  /** A store with marker or owner was made for a shard; its manifest must say for which. */
  private static void refuseWithSidecars(Path store, Path manifest) {
    if (Files.exists(store.resolve(SuccessSidecar.FILE_NAME))
        || Files.exists(store.resolve(OwnerSidecar.FILE_NAME))) {
      throw new RefusedInputException(
          "Cannot open store: its manifest does not say for which shard it was made (file="
              + manifest
              + "). status tells what is wrong with the shard");
    }
  }

  /** The shard entry in the manifest of a store, or nothing. */
  private static Map<?, ?> shardOf(Path manifest) {
    try {
      if (!Files.exists(manifest)) {
        return Map.of();
      }
      Object found =
          JsonParser.parseWithNonFinite(Files.readAllBytes(manifest), manifest.toString());
      Object made = found instanceof Map<?, ?> map ? map.get("generation") : null;
      return made instanceof Map<?, ?> map && map.get("shard") instanceof Map<?, ?> shard
          ? shard
          : Map.of();
    } catch (InvalidContentException e) {
      return Map.of();
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot read store manifest: " + StorageReason.of(e) + " (file=" + manifest + ")", e);
    }
  }

  /** The folder of the marker: the store itself, or the shard that keeps its attempts below. */
  static Path finalDirectory(Path store) {
    Path attempt = store.getParent();
    Path shard = attempt == null ? null : attempt.getParent();
    boolean isPointed =
        !Files.exists(store.resolve(SuccessSidecar.FILE_NAME))
            && shard != null
            && Files.exists(shard.resolve(SuccessSidecar.FILE_NAME));
    return isPointed ? shard : store;
  }
}
