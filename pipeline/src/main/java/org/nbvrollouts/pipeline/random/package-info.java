/**
 * Random numbers that depend on what is being decided and on nothing else: a seed is derived from
 * the identity of a node, and a stream from a seed. Entry classes: {@link
 * org.nbvrollouts.pipeline.random.StateKeyedSeeds} and {@link
 * org.nbvrollouts.pipeline.random.CounterRandom}.
 */
package org.nbvrollouts.pipeline.random;
