package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.StoreEntry;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreListing;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.manifest.StartedSidecar;
import org.nbvrollouts.store.manifest.SuccessSidecar;

/**
 * Takes a shard out of a campaign, so that the next run builds it again (specification campaign
 * 9.5). Nothing is deleted: what stood at the final directory moves below {@code _retired}. Not for
 * use while a driver runs.
 */
public final class ShardRetirement {
  private final CampaignLayout layout;
  private final StoreIO io;

  public ShardRetirement(CampaignLayout layout, StoreIO io) {
    this.layout = layout;
    this.io = io;
  }

  /**
   * What stands in the way, in words; empty if the shard may be retired.
   *
   * @throws IOException if the storage does not answer
   */
  public List<String> obstacles(String shardId) throws IOException {
    List<String> obstacles = new ArrayList<>();
    StoreListing listing = io.list(layout.finalDirectory(shardId));
    if (listing.kind() == StoreListing.Kind.ABSENT) {
      obstacles.add("nothing stands at " + layout.finalDirectory(shardId));
    }
    for (StoreLocation folder :
        List.of(layout.attemptsOf(shardId), layout.finalDirectory(shardId))) {
      for (StoreEntry child : io.list(folder).entries()) {
        if (ShardAttempt.isAttemptId(child.name())
            && io.list(folder.child(child.name())).contains(StartedSidecar.FILE_NAME)) {
          obstacles.add("attempt " + child.name() + " has not ended");
        }
      }
    }
    return obstacles;
  }

  /**
   * Retires a shard.
   *
   * @param now for the name below {@code _retired}
   * @return where what stood at the final directory, or with pointer publish its marker, is now
   * @throws RefusedInputException if {@link #obstacles} are in the way
   */
  public StoreLocation retire(String shardId, Publisher publisher, Instant now) throws IOException {
    List<String> obstacles = obstacles(shardId);
    if (!obstacles.isEmpty()) {
      throw new RefusedInputException(
          "Cannot retire shard: %s (shard=%s)".formatted(String.join("; ", obstacles), shardId));
    }
    StoreLocation target = layout.retired(shardId, "r" + now.toEpochMilli());
    StoreLocation finalDirectory = layout.finalDirectory(shardId);
    if (publisher.storePath("a").equals(SuccessSidecar.STORE_IS_FINAL_DIRECTORY)) {
      if (publisher.publish(finalDirectory, target) == Publisher.Publication.TARGET_EXISTS) {
        throw new RefusedInputException(
            "Cannot retire shard: the place is taken (shard=%s, target=%s). Try again"
                .formatted(shardId, target));
      }
      return target;
    }
    StoreLocation marker = finalDirectory.child(SuccessSidecar.FILE_NAME);
    Optional<byte[]> bytes = io.read(marker);
    if (bytes.isEmpty()) {
      throw new RefusedInputException(
          "Cannot retire shard: it has no marker (shard=%s, marker=%s). gc removes attempts"
              .formatted(shardId, marker));
    }
    // Without its marker the attempt is one that nothing names; gc removes it after the grace.
    io.write(target.child(SuccessSidecar.FILE_NAME), bytes.get());
    io.delete(marker);
    return target;
  }
}
