package org.nbvrollouts.store.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Pose12;

/**
 * Every candidate sampled at one node, valid or not, in sampling order: component order, then
 * sample order (specification generation 4.1). Row i has shell index i.
 *
 * @param valid rows that passed every rule
 * @param ruleMasks rule name to cumulative mask (true = still alive), in evaluation order
 * @param worldFromCamera pose per row
 * @param strategyId view-direction family per row, or empty
 * @param positionId position family per row, or empty
 * @param mixtureId component index per row, or empty
 * @param samplerProbability proposal probability per row, or empty
 * @param extras diagnostics by name, one value per row; masks as 0 and 1
 */
public record CandidateShell(
    MaskColumn valid,
    Map<String, MaskColumn> ruleMasks,
    List<Pose12> worldFromCamera,
    Optional<IntColumn> strategyId,
    Optional<IntColumn> positionId,
    Optional<IntColumn> mixtureId,
    Optional<DoubleColumn> samplerProbability,
    Map<String, DoubleColumn> extras) {

  public CandidateShell {
    ruleMasks = Collections.unmodifiableMap(new LinkedHashMap<>(ruleMasks));
    worldFromCamera = List.copyOf(worldFromCamera);
    extras = Collections.unmodifiableMap(new LinkedHashMap<>(extras));
    if (valid.length() != worldFromCamera.size()) {
      throw new IllegalArgumentException(
          "Invalid candidate shell: "
              + valid.length()
              + " validity values for "
              + worldFromCamera.size()
              + " poses");
    }
  }

  /** Number of candidates, valid or not. */
  public int size() {
    return worldFromCamera.size();
  }

  /** Number of valid candidates. */
  public int validCount() {
    int count = 0;
    for (int i = 0; i < valid.length(); i++) {
      count += valid.at(i) ? 1 : 0;
    }
    return count;
  }
}
