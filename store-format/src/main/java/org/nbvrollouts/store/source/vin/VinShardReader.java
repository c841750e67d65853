package org.nbvrollouts.store.source.vin;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.table.TypedArray;
import org.nbvrollouts.store.zarr.RolloutZarrStoreReader;

/**
 * Rows of one shard. What an array is like is read from its own document and must agree with the
 * manifest; codecs, fill value and chunk keys are those of the document, and an absent chunk is all
 * fill value (specification source 3.2). Thread-safe.
 */
final class VinShardReader {
  /** No block of the format comes near this many bytes per row or per chunk. */
  private static final long MAX_BYTES = 256L << 20;

  private final VinShard shard;
  private final VinFiles files;
  private final RolloutZarrStoreReader arrays;

  private VinShardReader(VinShard shard, VinFiles files, RolloutZarrStoreReader arrays) {
    this.shard = shard;
    this.files = files;
    this.arrays = arrays;
  }

  /**
   * Opens a shard.
   *
   * @throws RefusedInputException if it is no Zarr 3 group
   */
  static VinShardReader open(VinFiles store, VinShard shard) {
    VinFiles files = store.below(shard.relativeDir());
    try {
      return new VinShardReader(shard, files, RolloutZarrStoreReader.open(files));
    } catch (InvalidContentException broken) {
      throw refused(broken);
    }
  }

  VinShard shard() {
    return shard;
  }

  /** Where a row of a block lies, for messages. */
  String place(String block, long row) {
    return "shard=%s, row=%d, block=%s, folder=%s"
        .formatted(shard.shardId(), row, block, files.location());
  }

  /** One row of an array block, or empty if this shard has no such block (rule S-4). */
  Optional<TypedArray> row(String name, long row) {
    VinBlock block = shard.blocks().get(name);
    if (block == null) {
      return Optional.empty();
    }
    if (block.kind() != VinBlock.Kind.ZARR_ARRAY) {
      throw new RefusedInputException(
          "Invalid VIN store: a block of records (expected an array, " + place(name, row) + ")");
    }
    checkDocument(block);
    try {
      return Optional.of(arrays.rows(block.paths().get(0), (int) row, 1));
    } catch (InvalidContentException broken) {
      throw refused(broken);
    }
  }

  /** Compares the document of an array with the manifest, and its sizes with what is sane. */
  void checkDocument(VinBlock block) {
    String path = block.paths().get(0);
    try {
      List<Long> shape = arrays.shape(path);
      if (!shape.equals(block.shape()) || arrays.elementType(path) != block.type().orElseThrow()) {
        throw new RefusedInputException(
            "Invalid VIN store: array of %s%s (expected %s%s as in the manifest, array=%s, shard=%s)"
                .formatted(
                    arrays.elementType(path).zarrName(),
                    shape,
                    block.type().orElseThrow().zarrName(),
                    block.shape(),
                    path,
                    files.location()));
      }
      List<Long> row = shape.subList(1, shape.size());
      checkSize("row", row, block, path);
      checkSize("chunk", arrays.chunkShape(path), block, path);
    } catch (InvalidContentException broken) {
      throw refused(broken);
    }
  }

  private void checkSize(String what, List<Long> lengths, VinBlock block, String path) {
    double bytes = block.type().orElseThrow().bytes();
    for (long length : lengths) {
      bytes *= length;
    }
    if (bytes > MAX_BYTES) {
      throw new RefusedInputException(
          "Invalid VIN store: a %s of shape %s (expected at most %d bytes, array=%s, shard=%s)"
              .formatted(what, lengths, MAX_BYTES, path, files.location()));
    }
  }

  /** The bytes of one record, or empty if this shard has no such block (rule S-4). */
  Optional<byte[]> record(String name, long row) {
    VinBlock block = shard.blocks().get(name);
    if (block == null) {
      return Optional.empty();
    }
    if (block.kind() != VinBlock.Kind.RECORDS) {
      throw new RefusedInputException(
          "Invalid VIN store: an array (expected records, " + place(name, row) + ")");
    }
    long[] offsets = offsets(block);
    long start = offsets[(int) row];
    long length = offsets[(int) row + 1] - start;
    if (length > MAX_BYTES) {
      throw new RefusedInputException(
          "Invalid record: %d bytes (expected at most %d, %s)"
              .formatted(length, MAX_BYTES, place(name, row)));
    }
    return Optional.of(files.readRange(block.paths().get(0), start, (int) length));
  }

  /** Offsets of a record block: one more than rows, from 0, never falling, up to the last byte. */
  long[] offsets(VinBlock block) {
    String path = block.paths().get(1);
    long[] offsets = NpyParser.longs(files.require(path), files.place(path));
    OptionalLong bytes = files.length(block.paths().get(0));
    if (bytes.isEmpty()) {
      throw new RefusedInputException(
          "Cannot read VIN store: a file is missing (file="
              + files.place(block.paths().get(0))
              + ")");
    }
    String wrong = "";
    if (offsets.length != shard.numRows() + 1) {
      wrong = offsets.length + " offsets";
    } else if (offsets[0] != 0 || offsets[offsets.length - 1] != bytes.getAsLong()) {
      wrong = "offsets from " + offsets[0] + " to " + offsets[offsets.length - 1];
    } else {
      for (int i = 1; i < offsets.length && wrong.isEmpty(); i++) {
        wrong = offsets[i] < offsets[i - 1] ? "offset " + i + " is below the one before" : "";
      }
    }
    if (!wrong.isEmpty()) {
      throw new RefusedInputException(
          "Invalid record offsets: %s (expected %d, rising from 0 to the %d bytes of the blob, file=%s)"
              .formatted(wrong, shard.numRows() + 1, bytes.getAsLong(), files.place(path)));
    }
    return offsets;
  }

  private static RefusedInputException refused(InvalidContentException broken) {
    return new RefusedInputException(broken.getMessage(), broken);
  }
}
