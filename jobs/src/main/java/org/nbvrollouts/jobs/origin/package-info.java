/**
 * From a stored number back to what produced it: the configuration and the shard entry that a store
 * carries, the source row, the mesh and the target, each checked against the hashes in the store.
 * Entry class: {@link org.nbvrollouts.jobs.origin.StoreOrigin}.
 */
package org.nbvrollouts.jobs.origin;
