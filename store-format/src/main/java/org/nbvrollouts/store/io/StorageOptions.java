package org.nbvrollouts.store.io;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * How storage is reached. It travels with tasks and holds no secret: remote storage finds its
 * credentials by itself, through the providers of Hadoop.
 *
 * @param durability of local disks
 * @param retry of remote storage
 * @param settings entries for the Hadoop configuration of remote storage, each allowed by {@link
 *     StorageSettingNames}; they go before those of {@code core-site.xml}
 */
public record StorageOptions(Durability durability, RetryPolicy retry, Map<String, String> settings)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Durable, with default retries and the settings of the machine. */
  public static final StorageOptions DEFAULT =
      new StorageOptions(Durability.FORCED, RetryPolicy.DEFAULT, Map.of());

  public StorageOptions {
    // A sorted map of the library that every serializer knows.
    settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
    settings.keySet().forEach(StorageSettingNames::require);
  }

  /**
   * The storage that serves a location and everything below it. For a local path no class of Hadoop
   * is loaded.
   *
   * @throws RefusedInputException if no file system serves the scheme, or the location carries a
   *     credential
   * @throws EnvironmentException if the file system cannot be set up
   */
  public StoreIO open(StoreLocation location) {
    return location.isLocal() ? new LocalStoreIO(durability) : HadoopStorage.open(location, this);
  }
}
