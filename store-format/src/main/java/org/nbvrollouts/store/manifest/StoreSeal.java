package org.nbvrollouts.store.manifest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * What a store consists of: its bytes, file by file, and its data, whatever the encoding
 * (specification campaign 7.4).
 *
 * @param files every file but the sidecars, by path in order of the UTF-8 bytes
 * @param filesSha256 canonical hash of the file list: shows any later change of any byte
 * @param dataSha256 seal of the logical content, 64 hex digits
 * @param rolloutManifestSha256 canonical hash of the store manifest
 */
public record StoreSeal(
    List<StoreFile> files, String filesSha256, String dataSha256, String rolloutManifestSha256) {

  public StoreSeal {
    files = List.copyOf(files);
  }

  /** The seal of files in any order, with their hash. */
  public static StoreSeal of(
      List<StoreFile> files, String dataSha256, String rolloutManifestSha256) {
    List<StoreFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(StoreFile::path, CanonicalJson.CODE_POINT_ORDER));
    return new StoreSeal(
        sorted, CanonicalJson.manifestSha256(json(sorted)), dataSha256, rolloutManifestSha256);
  }

  /** Number of files and bytes. */
  public StorageSize size() {
    return new StorageSize(files.size(), files.stream().mapToLong(StoreFile::size).sum());
  }

  List<Object> filesJson() {
    return json(files);
  }

  private static List<Object> json(List<StoreFile> files) {
    return files.stream().<Object>map(StoreFile::toJson).toList();
  }
}
