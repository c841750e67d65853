package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.nbvrollouts.store.error.InvalidContentException;
import org.nbvrollouts.store.io.IrregularFileException;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.json.JsonParser;
import org.nbvrollouts.store.manifest.ShardIds;
import org.nbvrollouts.store.manifest.SuccessSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecarParser;

/**
 * Finds what dead attempts left behind (specification campaign 9.5). Only a folder that is named
 * like an attempt, that no marker names, and whose youngest file is older than the grace by the
 * storage's own clock may be removed. An attempt that lives cannot be older: it does not publish
 * after its deadline, and the grace is at least twice that.
 */
public final class AttemptSweep {
  private static final String CLOCK_PREFIX = "_probe.clock.";

  private final CampaignLayout layout;
  private final StoreIO io;
  private final Publisher publisher;
  private final Duration grace;

  public AttemptSweep(CampaignLayout layout, StoreIO io, Publisher publisher, Duration grace) {
    this.layout = layout;
    this.io = io;
    this.publisher = publisher;
    this.grace = grace;
  }

  /** What is to be done with an attempt folder. */
  public enum Verdict {
    /** Nothing names it and it is old. */
    REMOVABLE,
    /** It may still be written. */
    YOUNG,
    /** The storage does not say how old it is. */
    AGE_UNKNOWN,
    /** The marker beside it cannot be read, so it may be the committed one. */
    MARKER_UNREADABLE
  }

  /**
   * A folder of an attempt that is not committed.
   *
   * @param age since its youngest file was written; zero if unknown
   * @param files number of files below it
   */
  public record Leftover(
      String shardId,
      String attemptId,
      StoreLocation folder,
      Verdict verdict,
      Duration age,
      long files,
      long bytes) {}

  /**
   * Visits every attempt folder that no marker names, one shard after the other.
   *
   * @param probeId unique among running processes, for the file that shows the storage's time
   */
  public void visit(String probeId, Consumer<Leftover> visitor) throws IOException {
    Optional<Instant> now = storageTime(probeId);
    for (StoreEntry shard : io.list(layout.attemptsRoot()).entries()) {
      if (ShardIds.isCanonical(shard.name())) {
        visitShard(layout.attemptsOf(shard.name()), shard.name(), Optional.empty(), now, visitor);
      }
    }
    for (StoreEntry shard : io.list(layout.finalRoot()).entries()) {
      if (ShardIds.isCanonical(shard.name()) && shard.isFolder()) {
        StoreLocation folder = layout.finalDirectory(shard.name());
        visitShard(folder, shard.name(), markerOf(folder), now, visitor);
      }
    }
  }

  /** Removes an attempt folder that may go. */
  public void remove(Leftover leftover) throws IOException {
    if (leftover.verdict() != Verdict.REMOVABLE) {
      throw new IllegalArgumentException("Not removable: " + leftover);
    }
    io.delete(leftover.folder());
    publisher.prune(io, layout, leftover.shardId());
  }

  /** The attempt that a marker names; nothing if there is no marker. */
  private sealed interface Marker permits Named, Unreadable {}

  private record Named(String storePath) implements Marker {
    boolean names(String attemptId) {
      return storePath.equals(attemptId) || storePath.startsWith(attemptId + "/");
    }
  }

  private record Unreadable() implements Marker {}

  private Optional<Marker> markerOf(StoreLocation folder) throws IOException {
    StoreLocation file = folder.child(SuccessSidecar.FILE_NAME);
    try {
      Optional<byte[]> bytes = io.read(file);
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      return Optional.of(
          new Named(
              SuccessSidecarParser.parse(
                      JsonParser.parseObject(bytes.get(), file.text()), file.text())
                  .storePath()));
    } catch (InvalidContentException | IrregularFileException e) {
      return Optional.of(new Unreadable());
    }
  }

  private void visitShard(
      StoreLocation folder,
      String shardId,
      Optional<Marker> marker,
      Optional<Instant> now,
      Consumer<Leftover> visitor)
      throws IOException {
    for (StoreEntry child : io.list(folder).entries()) {
      String id = child.name();
      boolean committed =
          marker.isPresent() && marker.get() instanceof Named named && named.names(id);
      if (!child.isFolder() || !ShardAttempt.isAttemptId(id) || committed) {
        continue;
      }
      Content content = contentOf(folder.child(id));
      Optional<Duration> age =
          now.flatMap(time -> content.youngest().map(youngest -> Duration.between(youngest, time)));
      Verdict verdict =
          marker.isPresent() && marker.get() instanceof Unreadable
              ? Verdict.MARKER_UNREADABLE
              : verdictOf(age);
      visitor.accept(
          new Leftover(
              shardId,
              id,
              folder.child(id),
              verdict,
              age.orElse(Duration.ZERO),
              content.files(),
              content.bytes()));
    }
  }

  private Verdict verdictOf(Optional<Duration> age) {
    return age.map(known -> known.compareTo(grace) >= 0 ? Verdict.REMOVABLE : Verdict.YOUNG)
        .orElse(Verdict.AGE_UNKNOWN);
  }

  private record Content(long files, long bytes, Optional<Instant> youngest) {
    Content plus(Content other) {
      Optional<Instant> later =
          youngest.isPresent() && other.youngest.isPresent()
              ? Optional.of(
                  youngest.get().isAfter(other.youngest.get())
                      ? youngest.get()
                      : other.youngest.get())
              : youngest.or(() -> other.youngest);
      return new Content(files + other.files, bytes + other.bytes, later);
    }
  }

  private Content contentOf(StoreLocation folder) throws IOException {
    Content sum = new Content(0, 0, io.modifiedAt(folder));
    StoreListing listing = io.list(folder);
    for (StoreEntry child : listing.entries()) {
      StoreLocation place = folder.child(child.name());
      sum =
          sum.plus(
              child.isFolder()
                  ? contentOf(place)
                  : new Content(1, child.sizeBytes(), io.modifiedAt(place)));
    }
    return sum;
  }

  /** The storage's own time: a clock of this machine may be wrong. */
  private Optional<Instant> storageTime(String probeId) throws IOException {
    StoreLocation file = layout.finalRoot().child(CLOCK_PREFIX + probeId);
    io.write(file, new byte[0]);
    try {
      return io.modifiedAt(file);
    } finally {
      io.delete(file);
    }
  }
}
