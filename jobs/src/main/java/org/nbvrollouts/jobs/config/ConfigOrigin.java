package org.nbvrollouts.jobs.config;

import java.util.Map;
import java.util.Set;

/**
 * Where the values of a table were written.
 *
 * @param line line of the table itself, {@link ConfigProblems#NO_LINE} for none
 * @param lines line of every key that was written, by its path in the table
 * @param refused keys whose value was refused, so that a default stands in their place
 */
record ConfigOrigin(int line, Map<String, Integer> lines, Set<String> refused) {
  /** Nothing was written. */
  static final ConfigOrigin DEFAULTS = new ConfigOrigin(ConfigProblems.NO_LINE, Map.of(), Set.of());

  ConfigOrigin {
    lines = Map.copyOf(lines);
    refused = Set.copyOf(refused);
  }
}
