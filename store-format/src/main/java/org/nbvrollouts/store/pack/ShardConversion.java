package org.nbvrollouts.store.pack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.nbvrollouts.store.commit.ShardEvidence;
import org.nbvrollouts.store.commit.ShardFinding;
import org.nbvrollouts.store.commit.ShardResealer;
import org.nbvrollouts.store.commit.ShardVerifier;
import org.nbvrollouts.store.commit.StoreInspection;
import org.nbvrollouts.store.commit.VerifyLevel;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.DocumentFile;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.LocalStoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.ShardManifestParser;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Converts the store of a committed shard, and seals the copy as its shard. */
final class ShardConversion {
  private final LocalStoreIO io = new LocalStoreIO(Durability.BUFFERED);
  private final ShardVerifier verifier;

  ShardConversion(StoreInspection inspection) {
    this.verifier = new ShardVerifier(io, inspection);
  }

  /** What a shard folder holds, fully verified. */
  private record Shard(RolloutShardEntry entry, ShardEvidence evidence, Path store) {
    String storePath() {
      return evidence.marker().orElseThrow().storePath();
    }

    String dataSha256() {
      return evidence.owner().orElseThrow().seal().dataSha256();
    }
  }

  /** The folder of the store of a shard, after the full verification. */
  Path verified(Path shard) {
    return load(shard).store();
  }

  ConvertedStore convert(Path folder, Path out, StoreLayout layout) {
    Shard shard = load(folder);
    StorePacker.requireLayout(
        shard.store(),
        layout == StoreLayout.PACKED ? StoreLayout.DIRECTORY : StoreLayout.PACKED,
        folder);
    return StorePacker.converting(
        out,
        draft -> {
          Path copy = draft.resolve(shard.storePath()).normalize();
          if (layout == StoreLayout.PACKED) {
            StorePacker.layOutFolder(shard.store(), copy);
          } else {
            StorePacker.takeApart(shard.store().resolve(StoreLayout.ARCHIVE_NAME), copy);
          }
          new ShardResealer(io)
              .reseal(
                  StoreLocation.of(shard.store()),
                  StoreLocation.of(copy),
                  StoreLocation.of(draft),
                  shard.storePath());
          Shard made = verify(shard.entry(), draft);
          return StorePacker.counted(
              copy, StorePacker.requireSeal(shard.dataSha256(), made.dataSha256(), draft));
        });
  }

  private Shard load(Path folder) {
    Path marker = folder.resolve(SuccessSidecar.FILE_NAME);
    try {
      Map<String, Object> json =
          JsonParser.parseObject(
              DocumentFile.read(marker, DocumentFile.WRITTEN_BY_HAND), marker.toString());
      String path = String.valueOf(json.get("store_path"));
      if (!path.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)
          && !StoreLocation.isContained(path)) {
        throw damaged(folder, "its marker names no store");
      }
      Path file = folder.resolve(path).resolve(StoreSchema.ROLLOUT_MANIFEST_FILENAME);
      Object manifest =
          JsonParser.parseWithNonFinite(
              DocumentFile.read(file, DocumentFile.LIST), file.toString());
      if (manifest instanceof Map<?, ?> map
          && map.get("generation") instanceof Map<?, ?> made
          && made.get("shard") instanceof Map<?, ?> entry) {
        byte[] line = CanonicalJson.line(entry).getBytes(StandardCharsets.UTF_8);
        return verify(ShardManifestParser.parse(line, file.toString()).entries().get(0), folder);
      }
      throw damaged(folder, "its manifest does not say for which shard it was made");
    } catch (IOException e) {
      throw new EnvironmentException(
          "Cannot convert store: %s (store=%s)".formatted(StorageReason.withFile(e), folder), e);
    }
  }

  private Shard verify(RolloutShardEntry entry, Path folder) {
    ShardEvidence evidence = verifier.verify(entry, StoreLocation.of(folder), VerifyLevel.FULL);
    if (!evidence.isCurrent()) {
      throw damaged(
          folder,
          evidence.findings().stream()
              .limit(5)
              .map(ShardFinding::toString)
              .collect(Collectors.joining("; ")));
    }
    Path store = folder.resolve(evidence.marker().orElseThrow().storePath()).normalize();
    return new Shard(entry, evidence, store);
  }

  private static InvalidContentException damaged(Path folder, String reason) {
    return new InvalidContentException(
        "Cannot convert store: the shard is damaged, %s (store=%s)".formatted(reason, folder));
  }
}
