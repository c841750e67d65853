package org.nbvrollouts.store.source;

/** One source row in memory: identity, what an actor may see, and what only the oracle may see. */
public record SourceSample(SampleIdentity identity, ActorEvidence actor, OracleEvidence oracle) {}
