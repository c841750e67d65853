package org.nbvrollouts.store.zarr;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.table.TypedArray;

/**
 * One line per array of a store, to be compared with what another Zarr implementation reads: path,
 * data type, shape with commas, SHA-256 over the little-endian elements in C order.
 */
public final class ArrayDigests {
  private ArrayDigests() {}

  /** The lines, sorted by path. */
  public static List<String> lines(RolloutZarrStoreReader store) {
    List<String> lines = new ArrayList<>();
    for (String path : store.arrayPaths()) {
      TypedArray array = store.array(path);
      MessageDigest digest = CanonicalJson.newSha256();
      digest.update(array.littleEndian());
      String shape = String.join(",", array.shape().stream().map(String::valueOf).toList());
      lines.add(
          "%s %s %s %s"
              .formatted(
                  path, array.type().zarrName(), shape, HexFormat.of().formatHex(digest.digest())));
    }
    return lines;
  }
}
