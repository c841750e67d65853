package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.nbvrollouts.store.io.ConditionalCreateException;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/** Creates the marker that commits a shard, and settles lost replies (campaign 9.4 S7). */
final class CommitMarker {
  private final StoreIO io;
  private final CommitClock clock;
  private final CommitPolicy policy;
  private final boolean isAlone;

  CommitMarker(StoreIO io, CommitClock clock, CommitPolicy policy) {
    this.io = io;
    this.clock = clock;
    this.policy = policy;
    this.isAlone = policy.committedBy() == CommitPolicy.CommittedBy.DRIVER;
  }

  /**
   * Commits a store that is complete, sealed, durable and at its published place.
   *
   * @throws CommitStateUnknownException if the storage never says whether the marker exists
   */
  CommitOutcome create(StoreLocation finalDirectory, SuccessSidecar marker)
      throws CommitStateUnknownException {
    StoreLocation file = finalDirectory.child(SuccessSidecar.FILE_NAME);
    byte[] content = marker.toBytes();
    Duration pause = policy.firstPause();
    IOException last = null;
    for (int attempt = 1; attempt <= policy.commitTries(); attempt++) {
      try {
        if (attempt > 1) {
          waitFor(pause);
          pause = pause.multipliedBy(2);
        }
        if (last != null || isAlone) {
          Optional<byte[]> found = io.read(file);
          if (found.isPresent()) {
            return settled(found.get(), content);
          }
        }
        // This line commits the shard. Everything the marker names is durable before it, nothing
        // after it changes what is committed, and no other line in the product creates a marker.
        StoreIO.Creation creation = create(file, content);
        if (creation == StoreIO.Creation.CREATED) {
          return new CommitOutcome.Committed();
        }
        last = new IOException("the name is taken and nothing can be read there");
        Optional<byte[]> found = io.read(file);
        if (found.isPresent()) {
          return settled(found.get(), content);
        }
      } catch (IOException e) {
        if (last != null) {
          e.addSuppressed(last);
        }
        last = e;
        if (StorageFailures.isCancellation(e)) {
          break;
        }
      }
    }
    throw new CommitStateUnknownException(
        "Cannot commit shard: the storage does not say whether the marker exists"
            + " (shard=%s, attempt=%s, marker=%s); run again, nothing was deleted"
                .formatted(marker.identity().shardId(), marker.attemptId(), file),
        last);
  }

  /**
   * A driver that alone commits may do without the help of the storage: it has just seen that the
   * name is free, and nobody else takes it. Where the storage can help it still has to.
   */
  private StoreIO.Creation create(StoreLocation file, byte[] content) throws IOException {
    try {
      return io.createIfAbsent(file, content);
    } catch (ConditionalCreateException e) {
      if (!isAlone) {
        throw e;
      }
      io.write(file, content);
      return StoreIO.Creation.CREATED;
    }
  }

  private static CommitOutcome settled(byte[] found, byte[] ours) {
    return Arrays.equals(found, ours)
        ? new CommitOutcome.Committed()
        : CommitOutcome.AlreadyCommitted.of(found);
  }

  private void waitFor(Duration pause) throws InterruptedIOException {
    try {
      clock.pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException wrapped = new InterruptedIOException("interrupted while waiting");
      wrapped.initCause(e);
      throw wrapped;
    }
  }
}
