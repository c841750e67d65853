/**
 * One attempt of one shard, from a private folder to the commit marker, and the check that a shard
 * is finished (specification campaign 5 to 9; {@code spec/commit.md} argues why it is enough).
 * Entry class: {@link org.nbvrollouts.store.commit.ShardCommitter}.
 */
package org.nbvrollouts.store.commit;
