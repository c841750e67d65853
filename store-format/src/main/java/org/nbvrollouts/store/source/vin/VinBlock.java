package org.nbvrollouts.store.source.vin;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.schema.ElementType;

/**
 * One block of a shard (specification source 4).
 *
 * @param name logical name, for example {@code oracle.p3d.R}
 * @param paths below the shard folder: one for an array, blob and offsets for records
 * @param type element type of an array, empty for records
 * @param shape stored shape; the first axis counts rows
 */
record VinBlock(
    String name, Kind kind, List<String> paths, Optional<ElementType> type, List<Long> shape) {
  /** How the rows are stored. */
  enum Kind {
    ZARR_ARRAY("zarr_array"),
    RECORDS("msgpack_indexed_records");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  VinBlock {
    paths = List.copyOf(paths);
    shape = List.copyOf(shape);
  }

  /** The paths that a block of this name must have (specification source 3.1). */
  static List<String> pathsOf(String name, Kind kind) {
    if (kind == Kind.ZARR_ARRAY) {
      return List.of(name.replace('.', '/'));
    }
    String stem = name.replace("/", "__").replace(".", "__");
    return List.of(stem + ".msgpack", stem + ".offsets.npy");
  }
}
