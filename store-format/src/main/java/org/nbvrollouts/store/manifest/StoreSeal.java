package org.nbvrollouts.store.manifest;

import java.util.Comparator;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * What a store consists of: its bytes, file by file, and its data, whatever the encoding
 * (specification campaign 7.4).
 *
 * @param files every file but the sidecars, by path in order of the UTF-8 bytes
 * @param dataSha256 seal of the logical content, 64 hex digits
 * @param rolloutManifestSha256 canonical hash of the store manifest
 */
public record StoreSeal(List<StoreFile> files, String dataSha256, String rolloutManifestSha256) {

  public StoreSeal {
    files =
        files.stream()
            .sorted(Comparator.comparing(StoreFile::path, CanonicalJson.CODE_POINT_ORDER))
            .toList();
  }

  /** Canonical hash of the file list: shows any later change of any byte. */
  public String filesSha256() {
    return CanonicalJson.manifestSha256(filesJson());
  }

  /** Number of files and bytes. */
  public StorageSize size() {
    return new StorageSize(files.size(), files.stream().mapToLong(StoreFile::size).sum());
  }

  List<Object> filesJson() {
    return files.stream().<Object>map(StoreFile::toJson).toList();
  }
}
