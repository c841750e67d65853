package org.nbvrollouts.store.manifest;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.error.StorageReason;
import org.nbvrollouts.store.json.CanonicalJson;
import org.nbvrollouts.store.spill.SpilledSort;

/**
 * A valid shard manifest on a local disk that is read line by line whenever its entries are needed,
 * so that a plan of a million shards takes no more memory than one of ten.
 *
 * @param shards number of entries
 * @param rows number of source rows of all entries
 * @param sha256 of the bytes that {@link ShardManifest#toBytes} has for the same lines
 * @param campaignId depends on what the plan builds and not on when or where it was made
 * @param mostRows rows of the largest entry
 * @param first the first entry; all have its configuration and source hashes
 * @param sourceDirs distinct locations of the source
 * @param warnings the first of what is odd but allowed
 */
public record ShardManifestFile(
    Path file,
    int shards,
    long rows,
    String sha256,
    String campaignId,
    int mostRows,
    Optional<RolloutShardEntry> first,
    Set<String> sourceDirs,
    List<String> warnings) {
  public ShardManifestFile {
    sourceDirs = Set.copyOf(sourceDirs);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks a whole manifest by the rules of {@link ShardManifestParser}.
   *
   * @throws RefusedInputException if there is none, or listing what is wrong with it
   * @throws EnvironmentException if it cannot be read
   */
  public static ShardManifestFile open(Path file) {
    return open(file, file.toString());
  }

  /**
   * As {@link #open(Path)}, of a draft.
   *
   * @param name how messages call the manifest
   */
  public static ShardManifestFile open(Path file, String name) {
    try {
      return ManifestScan.of(file, name);
    } catch (NoSuchFileException e) {
      throw new RefusedInputException("Cannot read plan: no such file (file=" + file + ")", e);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  /** Entries in file order; every iteration reads the file again. */
  public Iterable<RolloutShardEntry> entries() {
    return () -> {
      Iterator<ShardManifest.Line> lines = new LineIterator(file);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return lines.hasNext();
        }

        @Override
        public RolloutShardEntry next() {
          return lines.next().entry();
        }
      };
    };
  }

  /** Lines with their text, in file order; every iteration reads the file again. */
  public Iterable<ShardManifest.Line> lines() {
    return () -> new LineIterator(file);
  }

  /**
   * Whether every line is also one of another manifest, in any order there.
   *
   * @param whole a manifest that need not be valid
   */
  public boolean isPartOf(Path whole) {
    try (SpilledSort<String> ours = new SpilledSort<>(Comparator.naturalOrder(), new TextForm());
        SpilledSort<String> theirs = new SpilledSort<>(Comparator.naturalOrder(), new TextForm());
        ManifestLines lines = new ManifestLines(whole)) {
      for (ShardManifest.Line line : lines()) {
        ours.add(CanonicalJson.sha256Hex(line.text().getBytes(StandardCharsets.UTF_8)));
      }
      for (Optional<byte[]> line = lines.next(); line.isPresent(); line = lines.next()) {
        theirs.add(CanonicalJson.sha256Hex(line.get()));
      }
      return containsAll(theirs.iterator(), ours.iterator());
    } catch (IOException e) {
      throw unreadable(whole, e);
    }
  }

  private static boolean containsAll(Iterator<String> sorted, Iterator<String> sortedPart) {
    while (sortedPart.hasNext()) {
      String wanted = sortedPart.next();
      boolean isFound = false;
      while (!isFound && sorted.hasNext()) {
        int order = sorted.next().compareTo(wanted);
        if (order > 0) {
          return false;
        }
        isFound = order == 0;
      }
      if (!isFound) {
        return false;
      }
    }
    return true;
  }

  /** Digests in a temporary file. */
  private static final class TextForm implements SpilledSort.Form<String> {
    @Override
    public void write(String value, DataOutput out) throws IOException {
      out.writeUTF(value);
    }

    @Override
    public String read(DataInput in) throws IOException {
      return in.readUTF();
    }
  }

  /** The entry of a canonical id; an absent one is refused, naming id and file. */
  public RolloutShardEntry entry(String shardId) {
    for (RolloutShardEntry entry : entries()) {
      if (entry.shardId().equals(shardId)) {
        return entry;
      }
    }
    throw new RefusedInputException(
        "Cannot find shard: not in the manifest (shard=%s, file=%s)".formatted(shardId, file));
  }

  private static EnvironmentException unreadable(Path file, IOException failure) {
    return new EnvironmentException(
        "Cannot read plan: " + StorageReason.of(failure) + " (file=" + file + ")", failure);
  }

  /** Reads ahead by one line; the file is closed after the last. */
  private static final class LineIterator implements Iterator<ShardManifest.Line> {
    private final Path file;
    private final ManifestLines lines;
    private ShardManifest.Line next;

    LineIterator(Path file) {
      this.file = file;
      try {
        this.lines = new ManifestLines(file);
        advance();
      } catch (IOException e) {
        throw unreadable(file, e);
      }
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public ShardManifest.Line next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      ShardManifest.Line line = next;
      try {
        advance();
      } catch (IOException | UncheckedIOException e) {
        throw new EnvironmentException(
            "Cannot read plan any further: " + e.getMessage() + " (file=" + file + ")", e);
      }
      return line;
    }

    private void advance() throws IOException {
      next = null;
      while (next == null) {
        Optional<byte[]> bytes = lines.next();
        if (bytes.isEmpty()) {
          lines.close();
          return;
        }
        ManifestLineParser parsed =
            ManifestLineParser.parse(bytes.get(), file.toString(), lines.number());
        if (!parsed.problems().isEmpty()) {
          lines.close();
          throw new RefusedInputException(
              "Cannot read plan any further: it changed while it was in use (%s)"
                  .formatted(parsed.problems().get(0)));
        }
        next = parsed.line().orElse(null);
      }
    }
  }
}
