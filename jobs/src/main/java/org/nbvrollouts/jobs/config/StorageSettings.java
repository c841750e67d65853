package org.nbvrollouts.jobs.config;

import java.util.List;
import org.nbvrollouts.store.commit.CommitPolicy.CommittedBy;

/**
 * How stores are laid out and published; {@code auto} follows the storage.
 *
 * @param layout one of {@link #LAYOUTS}
 * @param publish one of {@link #PUBLISH_WAYS}
 * @param committedBy who creates markers; said on the command line only
 * @param forceToDisk force files and folders to disk before a commit
 * @param s3Endpoint address of an S3 server; empty for Amazon's
 * @param s3Region region of the buckets; empty to let the client find out
 * @param retryMaxWaitMs longest single wait before remote storage is tried again
 * @param retryLimitMs time from which a failing call to remote storage is given up
 */
public record StorageSettings(
    String layout,
    String publish,
    CommittedBy committedBy,
    boolean forceToDisk,
    String s3Endpoint,
    String s3Region,
    long retryMaxWaitMs,
    long retryLimitMs) {

  /** What {@code layout} may be. */
  public static final List<String> LAYOUTS = List.of("auto", "directory", "packed");

  /** What {@code publish} may be. */
  public static final List<String> PUBLISH_WAYS = List.of("auto", "rename", "pointer");

  /** What a campaign file without a word about storage says. */
  public static final StorageSettings DEFAULT =
      new StorageSettings("auto", "auto", CommittedBy.ATTEMPT, true, "", "", 5_000, 60_000);

  static StorageSettings of(ConfigTable table) {
    return new StorageSettings(
        table.text("storage.layout"),
        table.text("storage.publish"),
        CommittedBy.ATTEMPT,
        table.flag("storage.force_to_disk"),
        table.optionalText("storage.s3_endpoint").orElse(""),
        table.optionalText("storage.s3_region").orElse(""),
        table.integer("storage.retry_max_wait_ms"),
        table.integer("storage.retry_limit_ms"));
  }

  /** The same with another layout and another way to publish. */
  public StorageSettings with(String otherLayout, String otherPublish) {
    return with(otherLayout, otherPublish, committedBy);
  }

  /** The same with the driver as the one that commits, which takes stores where they are. */
  public StorageSettings committedByDriver() {
    return with(layout, "pointer", CommittedBy.DRIVER);
  }

  private StorageSettings with(
      String otherLayout, String otherPublish, CommittedBy otherCommittedBy) {
    return new StorageSettings(
        otherLayout,
        otherPublish,
        otherCommittedBy,
        forceToDisk,
        s3Endpoint,
        s3Region,
        retryMaxWaitMs,
        retryLimitMs);
  }
}
