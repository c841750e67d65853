package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.NbvException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.io.IrregularFileException;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.OwnerSidecarParser;
import org.nbvrollouts.store.manifest.RolloutShardEntry;
import org.nbvrollouts.store.manifest.SidecarIdentity;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecarParser;

/** One verification of one final directory: collects findings step by step. */
final class ShardCheck {
  private final StoreIO io;
  private final RolloutShardEntry entry;
  private final StoreLocation finalDirectory;
  private final StoreListing listing;
  private final List<ShardFinding> findings = new ArrayList<>();
  private StoreLocation store;
  private OwnerSidecar owner;
  private String ownerSha256 = "";
  private SuccessSidecar marker;
  private Optional<byte[]> manifest = Optional.empty();

  /**
   * @param listing of the final directory
   */
  ShardCheck(
      StoreIO io, RolloutShardEntry entry, StoreLocation finalDirectory, StoreListing listing) {
    this.io = io;
    this.entry = entry;
    this.finalDirectory = finalDirectory;
    this.listing = listing;
    this.store = finalDirectory;
  }

  void add(ShardReason reason, String detail) {
    findings.add(new ShardFinding(reason, detail));
  }

  boolean hasOwner() {
    return owner != null;
  }

  ShardEvidence evidence(ShardEvidence.Presence presence) {
    return new ShardEvidence(presence, findings, owner, marker, listing);
  }

  /** Marker, then the owner it names, then that the two agree to the byte. */
  void checkMarker(byte[] bytes) throws IOException {
    StoreLocation file = finalDirectory.child(SuccessSidecar.FILE_NAME);
    SuccessSidecar found;
    try {
      Map<String, Object> json = JsonParser.parseObject(bytes, file.text());
      checkKind(json, SuccessSidecar.KIND, file);
      found = SuccessSidecarParser.parse(json, file.text());
    } catch (InvalidContentException e) {
      add(ShardReason.MARKER_UNREADABLE, e.getMessage());
      return;
    }
    checkIdentity(found.identity(), file);
    String path = found.storePath();
    if (!path.equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)) {
      if (!StoreLocation.isContained(path)) {
        add(ShardReason.STORE_PATH_INVALID, "file=%s, store_path=%s".formatted(file, path));
        return;
      }
      store = finalDirectory.child(path);
    }
    marker = found;
    // A damaged store_path looks like a missing owner, so the marker is named, too.
    readOwner(", named_by=" + file);
    if (owner != null) {
      compareWithOwner(found, bytes, file);
    }
  }

  /** The owner of a store that was renamed into place; the marker is derived from it. */
  void checkPublishedOwner() throws IOException {
    readOwner("");
    if (owner != null) {
      marker = SuccessSidecar.of(owner, ownerSha256, SuccessSidecar.STORE_IS_FINAL_DIRECTORY);
    }
  }

  void checkFiles() throws IOException {
    StoreFiles files = new StoreFiles(io);
    boolean isFinalDirectory = store.equals(finalDirectory);
    SortedMap<String, StoreEntry> listed =
        isFinalDirectory ? io.listTree(store, listing) : io.listTree(store);
    StoreFiles.Comparison comparison = files.compare(store, listed, owner.seal().files());
    findings.addAll(comparison.findings());
    manifest = comparison.manifest();
    if (!isFinalDirectory) {
      findings.addAll(files.unsealedBeside(finalDirectory, listing, marker.storePath()));
    }
  }

  /** The manifest inside the store: its hash, and the entry it was generated for. */
  void checkStoreManifest() throws IOException {
    StoreLocation file = store.child(StoreFiles.MANIFEST);
    Optional<byte[]> bytes;
    try {
      bytes = manifest.isPresent() ? manifest : io.read(file);
    } catch (IrregularFileException e) {
      add(ShardReason.STORE_MANIFEST_MISMATCH, StorageReason.withFile(e));
      return;
    }
    if (bytes.isEmpty()) {
      add(ShardReason.FILE_MISSING, "file=" + file);
      return;
    }
    try {
      Object json = JsonParser.parseWithNonFinite(bytes.get(), file.text());
      String actual = CanonicalJson.manifestSha256(json);
      String expected = owner.seal().rolloutManifestSha256();
      if (!actual.equals(expected)) {
        add(
            ShardReason.STORE_MANIFEST_MISMATCH,
            "file=%s, expected=%s, actual=%s".formatted(file, expected, actual));
      }
      if (!entry.isEntry(embeddedEntry(json))) {
        add(ShardReason.ENTRY_MISMATCH, "file=%s, key=generation.shard".formatted(file));
      }
    } catch (InvalidContentException e) {
      add(ShardReason.STORE_MANIFEST_MISMATCH, e.getMessage());
    }
  }

  /** Full validation and the logical seal. */
  void checkContent(StoreInspection inspection) throws IOException {
    try {
      StoreInspection.InspectedStore inspected = inspection.inspect(store);
      inspected.problems().forEach(problem -> add(ShardReason.SCHEMA_INVALID, problem));
      if (!inspected.dataSha256().equals(owner.seal().dataSha256())) {
        add(
            ShardReason.DATA_HASH_MISMATCH,
            "store=%s, expected=%s, actual=%s"
                .formatted(store, owner.seal().dataSha256(), inspected.dataSha256()));
      }
    } catch (NbvException | IllegalArgumentException | IllegalStateException e) {
      add(ShardReason.SCHEMA_INVALID, "store=" + store + ", error=" + e.getMessage());
    }
  }

  /** {@code generation.shard} of a store manifest, or null. */
  static Object embeddedEntry(Object manifest) {
    return manifest instanceof Map<?, ?> map && map.get("generation") instanceof Map<?, ?> made
        ? made.get("shard")
        : null;
  }

  private void readOwner(String namedBy) throws IOException {
    StoreLocation file = store.child(OwnerSidecar.FILE_NAME);
    Optional<byte[]> bytes;
    try {
      bytes = io.read(file);
    } catch (IrregularFileException e) {
      add(ShardReason.OWNER_UNREADABLE, StorageReason.withFile(e));
      return;
    }
    if (bytes.isEmpty()) {
      add(ShardReason.NO_OWNER, "file=" + file + namedBy);
      return;
    }
    try {
      Map<String, Object> json = JsonParser.parseObject(bytes.get(), file.text());
      byte[] canonical = CanonicalJson.pretty(json).getBytes(StandardCharsets.UTF_8);
      ownerSha256 = CanonicalJson.sha256Hex(canonical);
      checkKind(json, OwnerSidecar.KIND, file);
      if (!Arrays.equals(canonical, bytes.get())) {
        add(ShardReason.OWNER_HASH_MISMATCH, "file=" + file + ", not in canonical form");
      }
      if (!entry.isEntry(json.get("shard_entry"))) {
        add(ShardReason.ENTRY_MISMATCH, "file=%s, key=shard_entry".formatted(file));
      }
      OwnerSidecar found = OwnerSidecarParser.parse(json, file.text());
      checkIdentity(SidecarIdentity.of(found.entry()), file);
      owner = found;
    } catch (InvalidContentException e) {
      add(ShardReason.OWNER_UNREADABLE, e.getMessage());
      if (marker != null && !ownerSha256.equals(marker.ownerSha256())) {
        add(ShardReason.OWNER_HASH_MISMATCH, "file=" + file);
      }
    }
  }

  private void compareWithOwner(SuccessSidecar found, byte[] bytes, StoreLocation file) {
    SuccessSidecar implied = SuccessSidecar.of(owner, ownerSha256, found.storePath());
    compare(
        ShardReason.OWNER_HASH_MISMATCH,
        "owner_sha256",
        found.ownerSha256(),
        implied.ownerSha256());
    compare(
        ShardReason.STORE_MANIFEST_MISMATCH,
        "rollout_manifest_sha256",
        found.rolloutManifestSha256(),
        implied.rolloutManifestSha256());
    compare(
        ShardReason.FILE_HASH_MISMATCH, "files_sha256", found.filesSha256(), implied.filesSha256());
    compare(
        ShardReason.DATA_HASH_MISMATCH, "data_sha256", found.dataSha256(), implied.dataSha256());
    if (findings.isEmpty() && !Arrays.equals(bytes, implied.toBytes())) {
      add(ShardReason.MARKER_UNREADABLE, "file=" + file + ", not the bytes its owner implies");
    }
  }

  private void compare(ShardReason reason, String key, String inMarker, String fromOwner) {
    if (!inMarker.equals(fromOwner)) {
      add(
          reason,
          "file=%s, key=%s, marker=%s, owner=%s, owner_file=%s"
              .formatted(
                  finalDirectory.child(SuccessSidecar.FILE_NAME),
                  key,
                  inMarker,
                  fromOwner,
                  store.child(OwnerSidecar.FILE_NAME)));
    }
  }

  private void checkKind(Map<String, Object> json, String kind, StoreLocation file) {
    if (!kind.equals(json.get("sidecar_kind"))) {
      add(
          ShardReason.WRONG_KIND,
          "file=%s, expected=%s, actual=%s".formatted(file, kind, json.get("sidecar_kind")));
    }
  }

  private void checkIdentity(SidecarIdentity found, StoreLocation file) {
    checkValue(ShardReason.SHARD_ID_MISMATCH, entry.shardId(), found.shardId(), file);
    checkValue(
        ShardReason.WRITER_CONFIG_MISMATCH,
        entry.writerConfigHash(),
        found.inputs().writerConfigHash(),
        file);
    checkValue(
        ShardReason.SOURCE_MANIFEST_MISMATCH,
        entry.sourceManifestHash(),
        found.inputs().sourceManifestHash(),
        file);
    checkValue(
        ShardReason.SPLIT_MANIFEST_MISMATCH,
        entry.splitManifestHash(),
        found.splitManifestHash(),
        file);
  }

  private void checkValue(ShardReason reason, String expected, String actual, StoreLocation file) {
    if (!expected.equals(actual)) {
      add(reason, "file=%s, expected=%s, actual=%s".formatted(file, expected, actual));
    }
  }
}
