package org.nbvrollouts.jobs.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import org.nbvrollouts.jobs.config.StorageSettings;
import org.nbvrollouts.store.commit.CommitPolicy.CommittedBy;
import org.nbvrollouts.store.commit.HdfsRenamePublisher;
import org.nbvrollouts.store.commit.PointerPublisher;
import org.nbvrollouts.store.commit.Publisher;
import org.nbvrollouts.store.commit.RenamePublisher;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.io.Durability;
import org.nbvrollouts.store.io.HdfsStoreIO;
import org.nbvrollouts.store.io.RetryPolicy;
import org.nbvrollouts.store.io.StorageOptions;
import org.nbvrollouts.store.io.StoreIO;
import org.nbvrollouts.store.io.StoreLocation;
import org.nbvrollouts.store.zarr.StoreLayout;

/** Storage of a final root: which implementation serves it and how shards are published there. */
public final class CampaignStorage {
  private static final String AUTO = "auto";
  private static final double BYTES_PER_GIB = 1L << 30;

  private CampaignStorage() {}

  /** How storage is reached from this process and from its tasks; without any secret. */
  public static StorageOptions options(StorageSettings settings) {
    return new StorageOptions(
        durability(settings),
        new RetryPolicy(
            RetryPolicy.DEFAULT.firstPause(),
            Duration.ofMillis(settings.retryMaxWaitMs()),
            Duration.ofMillis(settings.retryLimitMs())),
        StorageEnvironment.settings(settings, System.getProperties(), System.getenv()));
  }

  /**
   * How stores are laid out: {@code auto} keeps files apart on a local disk, where any Zarr client
   * opens them, and packs them where some hundred small files cost seconds for a shard.
   */
  public static StoreLayout layout(StoreLocation finalRoot, StorageSettings settings) {
    if (settings.layout().equals(AUTO)) {
      return finalRoot.isLocal() ? StoreLayout.DIRECTORY : StoreLayout.PACKED;
    }
    return StoreLayout.parse(settings.layout());
  }

  /** The operations on a final root. */
  public static StoreIO io(StoreLocation finalRoot, StorageSettings settings) {
    return options(settings).open(finalRoot);
  }

  /** As {@link #publisher(StoreLocation, String, StorageOptions)}, from the campaign file. */
  public static Publisher publisher(StoreLocation finalRoot, StorageSettings settings) {
    return publisher(finalRoot, settings.publish(), options(settings));
  }

  /**
   * How an attempt becomes the shard: by rename where folders can be renamed in one step, else by
   * pointer.
   *
   * @param publish {@code auto}, {@code rename} or {@code pointer}
   * @throws RefusedInputException if the storage cannot do what is asked
   */
  public static Publisher publisher(
      StoreLocation finalRoot, String publish, StorageOptions options) {
    if (publish.equals("pointer")) {
      return new PointerPublisher(options.durability());
    }
    if (finalRoot.isLocal()) {
      return new RenamePublisher(options.durability());
    }
    if (options.open(finalRoot) instanceof HdfsStoreIO hdfs) {
      return new HdfsRenamePublisher(hdfs);
    }
    if (publish.equals("rename")) {
      throw new RefusedInputException(
          "Cannot publish by rename: this storage cannot rename a folder in one step (final_root="
              + finalRoot
              + "). Use --publish pointer");
    }
    return new PointerPublisher(options.durability());
  }

  /** A final root's storage in words for people. */
  public static String words(StoreLocation finalRoot, StorageSettings settings) {
    OptionalLong free = freeSpace(finalRoot, io(finalRoot, settings));
    return "%s, publish by %s, commit by %s%s"
        .formatted(
            finalRoot.isLocal() ? "local disk" : "remote",
            publisher(finalRoot, settings) instanceof PointerPublisher ? "pointer" : "rename",
            settings.committedBy() == CommittedBy.DRIVER ? "the driver" : "create-if-absent",
            free.isPresent()
                ? String.format(Locale.ROOT, ", %.1f GiB free", free.getAsLong() / BYTES_PER_GIB)
                : "");
  }

  /** Bytes that are free where a final root is or will be, if its storage can say. */
  public static OptionalLong freeSpace(StoreLocation finalRoot, StoreIO io) {
    try {
      if (io instanceof HdfsStoreIO hdfs) {
        return OptionalLong.of(hdfs.freeBytes(finalRoot));
      }
      return finalRoot.isLocal()
          ? OptionalLong.of(Files.getFileStore(existing(finalRoot)).getUsableSpace())
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /** A final root, or the folder above it in which it will be made. */
  private static Path existing(StoreLocation finalRoot) {
    Path place = finalRoot.localPath().toAbsolutePath();
    while (place.getParent() != null && !Files.exists(place)) {
      place = place.getParent();
    }
    return place;
  }

  private static Durability durability(StorageSettings settings) {
    return settings.forceToDisk() ? Durability.FORCED : Durability.BUFFERED;
  }
}
