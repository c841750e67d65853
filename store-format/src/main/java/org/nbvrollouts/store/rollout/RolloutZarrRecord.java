package org.nbvrollouts.store.rollout;

/**
 * One (source row, target, recipe) with every retained chain (specification store 4.1).
 *
 * @param rolloutIdPrefix {@code %08d-target-%02d-<recipe>}; a chain appends {@code -%06d}
 */
public record RolloutZarrRecord(
    RolloutResult result, RolloutLineage lineage, String rolloutIdPrefix) {}
