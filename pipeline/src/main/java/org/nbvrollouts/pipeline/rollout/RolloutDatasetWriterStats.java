package org.nbvrollouts.pipeline.rollout;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counters of generation (specification generation 9). They add up over rows and shards.
 *
 * @param skippedReasons reason text to count, in text order
 */
public record RolloutDatasetWriterStats(
    long samplesSeen,
    long samplesWithoutSnippetOrMesh,
    long targetsSelected,
    long targetsLabelInvalid,
    long targetInvalidSkips,
    long rolloutInvalidSkips,
    long rolloutsWritten,
    Map<String, Long> skippedReasons) {

  /** Nothing seen. */
  public static final RolloutDatasetWriterStats ZERO =
      new RolloutDatasetWriterStats(0, 0, 0, 0, 0, 0, 0, Map.of());

  public RolloutDatasetWriterStats {
    skippedReasons = Collections.unmodifiableMap(new TreeMap<>(skippedReasons));
  }

  /** Counters of a row that has no snippet or no mesh and was not generated. */
  public static RolloutDatasetWriterStats missingSnippetOrMesh() {
    return new RolloutDatasetWriterStats(
        1, 1, 0, 0, 0, 0, 0, Map.of(SkipReason.MISSING_SNIPPET_OR_MESH, 1L));
  }

  /** The sum of both, counter by counter. */
  public RolloutDatasetWriterStats plus(RolloutDatasetWriterStats other) {
    Map<String, Long> reasons = new TreeMap<>(skippedReasons);
    other.skippedReasons.forEach((reason, count) -> reasons.merge(reason, count, Long::sum));
    return new RolloutDatasetWriterStats(
        samplesSeen + other.samplesSeen,
        samplesWithoutSnippetOrMesh + other.samplesWithoutSnippetOrMesh,
        targetsSelected + other.targetsSelected,
        targetsLabelInvalid + other.targetsLabelInvalid,
        targetInvalidSkips + other.targetInvalidSkips,
        rolloutInvalidSkips + other.rolloutInvalidSkips,
        rolloutsWritten + other.rolloutsWritten,
        reasons);
  }
}
