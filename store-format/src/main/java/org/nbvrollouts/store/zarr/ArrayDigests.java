package org.nbvrollouts.store.zarr;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * One line per array of a store, to be compared with what another Zarr implementation reads: path,
 * data type, shape with commas, SHA-256 over the little-endian elements in C order.
 */
public final class ArrayDigests {
  private ArrayDigests() {}

  /** The lines, sorted by path. */
  public static List<String> lines(RolloutZarrStoreReader store) {
    List<String> lines = new ArrayList<>();
    List<String> paths = store.arrayPaths();
    store.requirePlausibleSize(paths);
    for (String path : paths) {
      List<Long> lengths = store.shape(path);
      long rows = lengths.isEmpty() ? 1 : lengths.get(0);
      int blockRows = store.blockRows(path);
      MessageDigest digest = CanonicalJson.newSha256();
      for (long first = 0; first < rows; first += blockRows) {
        int count = (int) Math.min(blockRows, rows - first);
        digest.update(store.rows(path, (int) first, count).littleEndian());
      }
      String shape = String.join(",", lengths.stream().map(String::valueOf).toList());
      lines.add(
          "%s %s %s %s"
              .formatted(
                  path,
                  store.elementType(path).zarrName(),
                  shape,
                  HexFormat.of().formatHex(digest.digest())));
    }
    return lines;
  }
}
