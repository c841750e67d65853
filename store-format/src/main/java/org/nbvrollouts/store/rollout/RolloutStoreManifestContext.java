package org.nbvrollouts.store.rollout;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the manifest of a store says beside its content (specification store 7.4). The maps are JSON
 * values as {@link org.nbvrollouts.store.json.CanonicalJson} takes them.
 *
 * @param createdAtUtc when the store is written; kept to the second
 * @param writerConfig resolved builder configuration
 * @param invocation how the build was called
 * @param runtime versions of runtime and libraries, free form
 * @param shard the shard entry that was built
 */
public record RolloutStoreManifestContext(
    Instant createdAtUtc,
    Optional<Map<String, Object>> writerConfig,
    RolloutStoreInvocation invocation,
    Map<String, Object> runtime,
    Optional<Map<String, Object>> shard) {

  /** A programmatic build without configuration, runtime record and shard. */
  public static RolloutStoreManifestContext programmatic(Instant createdAtUtc) {
    return new RolloutStoreManifestContext(
        createdAtUtc,
        Optional.empty(),
        RolloutStoreInvocation.programmatic(),
        Map.of(),
        Optional.empty());
  }
}
