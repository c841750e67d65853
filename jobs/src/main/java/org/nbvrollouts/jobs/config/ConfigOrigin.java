package org.nbvrollouts.jobs.config;

import java.util.Map;
import java.util.Set;

/**
 * Where the values of a table were written.
 *
 * @param lines line of every key that was written, by its path in the table
 * @param refused keys whose value was refused, so that a default stands in their place
 */
record ConfigOrigin(Map<String, Integer> lines, Set<String> refused) {
  /** Nothing was written. */
  static final ConfigOrigin DEFAULTS = new ConfigOrigin(Map.of(), Set.of());

  ConfigOrigin {
    lines = Map.copyOf(lines);
    refused = Set.copyOf(refused);
  }
}
