package org.nbvrollouts.store.source.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the rows of a rollout source come from. Nothing here may hold a clock, a host or a path,
 * because the manifest that carries it is hashed (specification source 9.2).
 *
 * @param origin kind of source, for example {@code scene-bundle} or {@code synthetic}
 * @param splitPolicy how rows were given their split, for example {@code sha256(scene_id)/v1}
 * @param facts further text facts by key: seeds, licences, versions
 */
public record SourceProvenance(String origin, String splitPolicy, Map<String, String> facts) {
  /** Fact that is {@code true} if the rows are of a store whose writing run was interrupted. */
  public static final String VIN_INTERRUPTED = "vin.interrupted";

  public SourceProvenance {
    if (origin.isEmpty() || splitPolicy.isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid provenance: empty origin or split policy (expected text, origin="
              + origin
              + ", split_policy="
              + splitPolicy
              + ")");
    }
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }
}
