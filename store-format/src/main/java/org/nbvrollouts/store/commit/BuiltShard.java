package org.nbvrollouts.store.commit;

import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.manifest.SourceOutcome;

/**
 * What a builder tells about the store it wrote.
 *
 * @param sourceOutcomes one per source row, in row order; their seals are filled in later
 * @param timingsMs milliseconds per stage of generation
 */
public record BuiltShard(List<SourceOutcome> sourceOutcomes, Map<String, Long> timingsMs) {
  public BuiltShard {
    sourceOutcomes = List.copyOf(sourceOutcomes);
    timingsMs = Map.copyOf(timingsMs);
  }
}
