package org.nbvrollouts.store.zarr;

import java.nio.file.Path;

/**
 * What a write produced (specification store 4.1).
 *
 * @param storeDirectory the store
 * @param numRollouts rows of {@code rollouts}
 * @param numSteps rows of {@code steps}
 * @param numCandidates rows of {@code candidates}
 * @param manifestPath {@code manifest.json} of the store
 * @param manifestSha256 canonical hash of the manifest, 64 hex digits
 */
public record RolloutZarrWriteResult(
    Path storeDirectory,
    int numRollouts,
    int numSteps,
    int numCandidates,
    Path manifestPath,
    String manifestSha256) {}
