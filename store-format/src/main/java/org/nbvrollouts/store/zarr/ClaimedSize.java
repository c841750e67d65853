package org.nbvrollouts.store.zarr;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.nbvrollouts.store.error.InvalidContentException;

/**
 * What the documents of a store claim, beside what its files can hold. Chunks may be absent, so a
 * document of a hundred bytes can claim any number of elements, and whoever goes through all of
 * them would be busy for days. Work is allowed in proportion to what is stored (specification store
 * 6.2).
 */
final class ClaimedSize {
  /** Claims up to this are never questioned: seconds of work. */
  private static final double FREE_BYTES = 1L << 30;

  private static final double FREE_CHUNKS = 1L << 20;

  /**
   * Beyond it a stored byte may stand for so many; stores of real rollouts stay below a hundred.
   */
  private static final long MOST_BYTES_PER_STORED_BYTE = 2000;

  /** Beyond it one chunk of so many must be there. */
  private static final long MOST_CHUNKS_PER_STORED_CHUNK = 64;

  private final StoreFiles files;
  private double bytes;
  private double chunks;
  private String largest = "";
  private double largestBytes = -1;

  private ClaimedSize(StoreFiles files) {
    this.files = files;
  }

  /**
   * Refuses arrays that claim far more than their files can hold.
   *
   * @param paths the arrays that somebody will go through
   * @param documents finds the document of a path; empty if there is none that can be parsed
   */
  static void requirePlausible(
      StoreFiles files,
      Collection<String> paths,
      Function<String, Optional<ArrayDocument>> documents) {
    ClaimedSize claimed = new ClaimedSize(files);
    paths.forEach(path -> documents.apply(path).ifPresent(document -> claimed.add(path, document)));
    if (claimed.bytes > FREE_BYTES || claimed.chunks > FREE_CHUNKS) {
      claimed.requireStored(paths);
    }
  }

  private void add(String path, ArrayDocument document) {
    double arrayBytes = document.type().bytes();
    double arrayChunks = 1;
    for (int axis = 0; axis < document.shape().size(); axis++) {
      double length = document.shape().get(axis);
      arrayBytes *= length;
      arrayChunks *= Math.ceil(length / document.chunkShape().get(axis));
    }
    bytes += arrayBytes;
    chunks += arrayChunks;
    if (arrayBytes > largestBytes) {
      largestBytes = arrayBytes;
      largest = path;
    }
  }

  private void requireStored(Collection<String> paths) {
    long storedBytes = 0;
    long storedChunks = 0;
    for (String path : paths) {
      Stored stored = new Stored();
      stored.count(path);
      storedBytes += stored.bytes;
      storedChunks += stored.chunks;
    }
    boolean isPlausible =
        bytes <= Math.max(FREE_BYTES, (double) MOST_BYTES_PER_STORED_BYTE * storedBytes)
            && chunks
                <= Math.max(FREE_CHUNKS, (double) MOST_CHUNKS_PER_STORED_CHUNK * storedChunks);
    if (!isPlausible) {
      throw new InvalidContentException(
          ("Cannot read store: its documents claim far more than its files hold (claimed=%.3g bytes"
                  + " in %.3g chunks, stored=%d bytes in %d chunks, largest=%s, store=%s,"
                  + " expected at most %d bytes per stored byte and %d chunks per stored chunk)")
              .formatted(
                  bytes,
                  chunks,
                  storedBytes,
                  storedChunks,
                  largest,
                  files.location(),
                  MOST_BYTES_PER_STORED_BYTE,
                  MOST_CHUNKS_PER_STORED_CHUNK));
    }
  }

  /** Chunk files of one array, found by listing: time is bounded by what is there. */
  private final class Stored {
    private static final int DEEPEST = 32;

    private long bytes;
    private long chunks;

    void count(String arrayPath) {
      count(arrayPath, files.list(arrayPath), 0);
    }

    private void count(String folder, Collection<String> names, int depth) {
      for (String name : names) {
        String path = folder + "/" + name;
        if (name.equals(ArrayDocument.FILE_NAME)) {
          continue;
        }
        Collection<String> below = depth < DEEPEST ? files.list(path) : List.of();
        if (!below.isEmpty()) {
          count(path, below, depth + 1);
          continue;
        }
        OptionalLong length = files.length(path);
        bytes += length.orElse(0);
        chunks += length.isPresent() ? 1 : 0;
      }
    }
  }
}
