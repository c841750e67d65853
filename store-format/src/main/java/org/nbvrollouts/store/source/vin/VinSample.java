package org.nbvrollouts.store.source.vin;

import org.nbvrollouts.store.source.SampleIdentity;

/** One row of a VIN offline store: identity, what an actor may see, what only the oracle may. */
record VinSample(SampleIdentity identity, VinActorEvidence actor, VinOracleEvidence oracle) {}
