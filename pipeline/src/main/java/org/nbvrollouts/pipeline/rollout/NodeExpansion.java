package org.nbvrollouts.pipeline.rollout;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nbvrollouts.pipeline.policy.SelectionInput;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.rollout.TargetEvalCrops;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.IntColumn;

/**
 * Candidates of a node and what the oracle says of the valid ones.
 *
 * @param candidates every candidate, valid or not
 * @param validRows shell index per valid candidate, ascending
 * @param metrics name to one value per valid candidate
 * @param selection what policies may know of the valid candidates
 * @param evalCrops points that the labels are computed from, if they are kept
 * @param sceneRootErrorM2 first scene error on the way here, NaN if there is none
 */
record NodeExpansion(
    CandidateShell candidates,
    IntColumn validRows,
    Map<String, DoubleColumn> metrics,
    SelectionInput selection,
    Optional<TargetEvalCrops> evalCrops,
    double sceneRootErrorM2) {

  NodeExpansion {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
  }

  int validCount() {
    return validRows.length();
  }
}
