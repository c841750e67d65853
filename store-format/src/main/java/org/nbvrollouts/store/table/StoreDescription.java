package org.nbvrollouts.store.table;

import java.util.Map;
import org.nbvrollouts.store.rollout.RolloutZarrStoreConfig;

/**
 * What a store says of itself beside its arrays.
 *
 * @param config the options it was made with
 * @param counts sizes of its tables
 * @param rootAttributes root attributes without {@code manifest_sha256}
 * @param manifest the value of {@code manifest.json}
 */
public record StoreDescription(
    RolloutZarrStoreConfig config,
    StoreCounts counts,
    Map<String, Object> rootAttributes,
    Map<String, Object> manifest) {

  /** Attributes of one group, possibly none. */
  public Map<String, Object> groupAttributes(String group) {
    return StoreAttributes.group(group, config, counts);
  }
}
