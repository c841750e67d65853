package org.nbvrollouts.jobs.config;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * Hashes of a configuration: {@code cfg1:} and the first 16 hex digits of the SHA-256 of RFC 8785
 * JSON over the resolved keys that may change data (specification source 9.5). Locations, {@code
 * [run]}, {@code [storage]}, labels, logging and the table of the target source that is not in use
 * never take part.
 *
 * @param writer every semantic key
 * @param candidate {@code candidate_mixture}
 * @param oracle {@code target_scorer}
 * @param rollout recipes, gates and retained depth
 */
public record ConfigHashes(String writer, String candidate, String oracle, String rollout)
    implements Serializable {
  /** Version of the form. */
  public static final String PREFIX = "cfg1:";

  private static final int DIGITS = 16;

  static ConfigHashes of(ConfigTable table) {
    return new ConfigHashes(
        hash(
            table,
            Set.of(
                KeyRole.CANDIDATE, KeyRole.ORACLE, KeyRole.TARGET, KeyRole.ROLLOUT, KeyRole.STORE)),
        hash(table, Set.of(KeyRole.CANDIDATE)),
        hash(table, Set.of(KeyRole.ORACLE)),
        hash(table, Set.of(KeyRole.ROLLOUT)));
  }

  private static String hash(ConfigTable table, Set<KeyRole> roles) {
    String json =
        CanonicalJson.rfc8785(
            ResolvedConfig.tree(
                table, key -> roles.contains(key.role()) && !TargetKeys.isUnused(key, table)));
    return PREFIX
        + CanonicalJson.sha256Hex(json.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }
}
