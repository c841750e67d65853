package org.nbvrollouts.store.commit;

/** How an attempt becomes the shard (specification campaign 9.4, S6). */
enum PublishForm {
  RENAME,
  POINTER
}
