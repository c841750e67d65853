/**
 * Committed shards, opened wherever they lie. Entry class: {@link
 * org.nbvrollouts.store.shard.CommittedShard}.
 */
package org.nbvrollouts.store.shard;
