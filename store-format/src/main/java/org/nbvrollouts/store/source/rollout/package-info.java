/**
 * Rollout source v1, the primary input (specification source 11.2): Parquet rows, PLY meshes and a
 * manifest without clock, host or path. Entry classes: {@link
 * org.nbvrollouts.store.source.rollout.RolloutSourceWriter}, {@link
 * org.nbvrollouts.store.source.rollout.RolloutSourceReader} for a source as a whole and {@link
 * org.nbvrollouts.store.source.rollout.LazyRolloutSource} for single rows.
 */
package org.nbvrollouts.store.source.rollout;
