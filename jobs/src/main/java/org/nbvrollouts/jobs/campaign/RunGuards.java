package org.nbvrollouts.jobs.campaign;

import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What a run looks at beside its shards.
 *
 * @param freeSpace bytes that are free where stores go, if its storage can say
 * @param heartbeat called several times a second while the run goes on
 */
public record RunGuards(Supplier<OptionalLong> freeSpace, Runnable heartbeat) {}
