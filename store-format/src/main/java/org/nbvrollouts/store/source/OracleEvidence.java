package org.nbvrollouts.store.source;

import java.util.Optional;

/**
 * Ground truth of a sample: labels, evaluation and collision only. Kept apart from {@link
 * ActorEvidence} so that actor code cannot receive it by accident (rule S-12).
 */
public record OracleEvidence(
    Optional<BoxTable> groundTruth, Optional<RootCloud> rootCloud, MeshReference mesh) {}
