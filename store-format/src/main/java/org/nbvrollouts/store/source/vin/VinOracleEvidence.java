package org.nbvrollouts.store.source.vin;

import java.util.Optional;

/**
 * Ground truth of a row of a VIN offline store. Kept apart from {@link VinActorEvidence} so that
 * actor code cannot receive it by accident (rule S-12). One-step labels, candidates and their
 * renders are never read by generation and have no place here.
 *
 * @param groundTruth ground-truth boxes, absent where the row has no table
 */
record VinOracleEvidence(Optional<VinBoxes> groundTruth) {}
