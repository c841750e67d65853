package org.nbvrollouts.store.damage;

import java.util.Locale;

/** Ways in which files of a shard can go wrong. */
enum DamageKind {
  TRUNCATED,
  ZEROED,
  EXTENDED,
  BIT_FLIPPED,
  REMOVED,
  SWAPPED_WITHIN_SHARD,
  SWAPPED_BETWEEN_SHARDS,
  REFORMATTED,
  SHARD_UNDER_ANOTHER_ID,
  FILE_ADDED,
  CHUNK_ADDED,
  NODE_ADDED;

  /** Whether every file is damaged in this way, so that a sample of them says something. */
  boolean isOfEachFile() {
    return switch (this) {
      case TRUNCATED,
          ZEROED,
          EXTENDED,
          REMOVED,
          SWAPPED_WITHIN_SHARD,
          SWAPPED_BETWEEN_SHARDS,
          REFORMATTED ->
          true;
      case BIT_FLIPPED, SHARD_UNDER_ANOTHER_ID, FILE_ADDED, CHUNK_ADDED, NODE_ADDED -> false;
    };
  }

  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
