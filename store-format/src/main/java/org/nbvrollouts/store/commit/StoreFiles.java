package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.manifest.OwnerSidecar;
import org.nbvrollouts.store.manifest.StartedSidecar;
import org.nbvrollouts.store.manifest.StoreFile;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/** The files of a store and their hashes (specification campaign 7.4). */
final class StoreFiles {
  private static final int READ_BYTES = 4 << 20;
  private static final String ZARR_DOCUMENT = "zarr.json";
  private static final String ARCHIVE = "store.zarr.zip";

  /** The manifest inside a store. */
  static final String MANIFEST = "manifest.json";

  private final StoreIO io;
  private final MessageDigest digest = CanonicalJson.newSha256();

  /** Not thread-safe. */
  StoreFiles(StoreIO io) {
    this.io = io;
  }

  /**
   * How sealed files compare with what is there now.
   *
   * @param findings differences, in path order
   * @param manifest bytes of {@value #MANIFEST} as they were hashed; empty if they were not, or not
   *     in one piece
   */
  record Comparison(List<ShardFinding> findings, Optional<byte[]> manifest) {}

  /**
   * Every file of a store but its sidecars, with its hash.
   *
   * @param known files whose hash is known; all others are read now
   */
  List<StoreFile> seal(StoreLocation store, List<StoreFile> known) throws IOException {
    Map<String, StoreFile> knownByPath = new HashMap<>();
    known.forEach(file -> knownByPath.put(file.path(), file));
    List<StoreFile> files = new ArrayList<>();
    for (Map.Entry<String, StoreEntry> file : sealable(io.listTree(store)).entrySet()) {
      if (!file.getValue().isFile()) {
        throw new IOException(
            "Cannot seal store: not a regular file (file=" + store.child(file.getKey()) + ")");
      }
      StoreFile hashed = knownByPath.get(file.getKey());
      files.add(hashed == null ? sealed(store, file.getKey(), file.getValue()) : hashed);
    }
    return files;
  }

  /**
   * Compares sealed files with what is there now, and reads each of them.
   *
   * @param listed every file of the store
   */
  Comparison compare(
      StoreLocation store, SortedMap<String, StoreEntry> listed, List<StoreFile> sealed)
      throws IOException {
    List<ShardFinding> findings = new ArrayList<>();
    Optional<byte[]> manifest = Optional.empty();
    SortedMap<String, StoreEntry> present = sealable(listed);
    for (StoreFile expected : sealed) {
      StoreEntry entry = present.remove(expected.path());
      if (entry == null || !entry.isFile()) {
        findings.add(finding(ShardReason.FILE_MISSING, store, expected.path(), ""));
      } else if (entry.sizeBytes() != expected.size()) {
        findings.add(
            finding(
                ShardReason.FILE_SIZE_MISMATCH,
                store,
                expected.path(),
                ", expected=%d, actual=%d".formatted(expected.size(), entry.sizeBytes())));
      } else {
        Hashed actual = hash(store.child(expected.path()), expected.size());
        if (!actual.sha256().equals(expected.sha256())) {
          findings.add(
              finding(
                  ShardReason.FILE_HASH_MISMATCH,
                  store,
                  expected.path(),
                  ", expected=%s, actual=%s".formatted(expected.sha256(), actual.sha256())));
        }
        if (expected.path().equals(MANIFEST)) {
          manifest = actual.whole();
        }
      }
    }
    Set<String> nodes =
        sealed.stream()
            .map(StoreFile::path)
            .filter(StoreFiles::isDocument)
            .map(path -> path.substring(0, path.length() - ZARR_DOCUMENT.length()))
            .collect(Collectors.toSet());
    present.keySet().forEach(path -> findings.add(unsealed(store, path, nodes)));
    return new Comparison(findings, manifest);
  }

  /**
   * A file that no seal names is harmless only if no Zarr reader looks at it: a new document adds a
   * node, a new archive is taken for the store, and a new chunk stands where the sealed store says
   * its fill value.
   *
   * @param nodes folders with a sealed document, each empty or with a slash at its end
   */
  private static ShardFinding unsealed(StoreLocation store, String path, Set<String> nodes) {
    if (isDocument(path)) {
      return finding(
          ShardReason.FILE_HASH_MISMATCH, store, path, ", expected=no file, it adds a node");
    }
    if (path.equals(ARCHIVE)) {
      return finding(
          ShardReason.FILE_HASH_MISMATCH, store, path, ", expected=no file, it adds a store");
    }
    int chunks = (path + "/").indexOf("/c/");
    while (chunks >= 0) {
      if (nodes.contains(path.substring(0, chunks + 1))) {
        return finding(
            ShardReason.FILE_HASH_MISMATCH,
            store,
            path,
            ", expected=no file, an absent chunk holds the fill value");
      }
      chunks = (path + "/").indexOf("/c/", chunks + 1);
    }
    return finding(ShardReason.EXTRA_FILE, store, path, "");
  }

  private static boolean isDocument(String path) {
    return path.equals(ZARR_DOCUMENT) || path.endsWith("/" + ZARR_DOCUMENT);
  }

  /**
   * What stands between a final directory and a store below it and is none of the protocol's files.
   *
   * @param listing of the final directory
   * @param storePath names from the final directory to the store, joined by {@code /}
   */
  List<ShardFinding> unsealedBeside(
      StoreLocation finalDirectory, StoreListing listing, String storePath) throws IOException {
    List<ShardFinding> findings = new ArrayList<>();
    StoreLocation folder = finalDirectory;
    for (String name : storePath.split("/", -1)) {
      List<StoreEntry> entries =
          folder.equals(finalDirectory) ? listing.entries() : io.list(folder).entries();
      for (StoreEntry entry : entries) {
        boolean next = entry.name().equals(name);
        boolean attempt = entry.isFolder() && ShardAttempt.isAttemptId(entry.name());
        if (next && !entry.isFolder()) {
          findings.add(finding(ShardReason.STORE_PATH_INVALID, folder, name, " is no folder"));
        } else if (!next && !attempt && !isProtocolFile(entry)) {
          findings.add(finding(ShardReason.EXTRA_FILE, folder, entry.name(), ""));
        }
      }
      folder = folder.child(name);
    }
    return findings;
  }

  private static boolean isProtocolFile(StoreEntry entry) {
    return entry.isFile()
        && (entry.name().equals(SuccessSidecar.FILE_NAME)
            || entry.name().equals(StartedSidecar.FILE_NAME)
            || isScratch(entry.name()));
  }

  private static String firstName(String path) {
    int end = path.indexOf('/');
    return end < 0 ? path : path.substring(0, end);
  }

  /** Whether a name is left over from an interrupted write to local disk. */
  static boolean isScratch(String name) {
    return name.startsWith(".") && name.endsWith(".tmp");
  }

  private static ShardFinding finding(
      ShardReason reason, StoreLocation store, String path, String values) {
    return new ShardFinding(reason, "file=" + store + "/" + path + values);
  }

  private StoreFile sealed(StoreLocation store, String path, StoreEntry file) throws IOException {
    long size = file.sizeBytes();
    return new StoreFile(path, hash(store.child(path), size).sha256(), size);
  }

  private static SortedMap<String, StoreEntry> sealable(SortedMap<String, StoreEntry> files) {
    files
        .keySet()
        .removeIf(
            path ->
                path.equals(OwnerSidecar.FILE_NAME)
                    || path.equals(SuccessSidecar.FILE_NAME)
                    || isScratch(firstName(path)));
    return files;
  }

  /**
   * What was read of a file.
   *
   * @param whole its bytes, if they were read in one piece
   */
  private record Hashed(String sha256, Optional<byte[]> whole) {}

  private Hashed hash(StoreLocation file, long size) throws IOException {
    Optional<byte[]> whole = Optional.empty();
    digest.reset();
    for (long offset = 0; offset < size; offset += READ_BYTES) {
      byte[] part = io.readRange(file, offset, (int) Math.min(READ_BYTES, size - offset));
      digest.update(part);
      whole = part.length == size ? Optional.of(part) : Optional.empty();
    }
    return new Hashed(HexFormat.of().formatHex(digest.digest()), whole);
  }
}
