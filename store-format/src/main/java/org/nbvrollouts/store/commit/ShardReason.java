package org.nbvrollouts.store.commit;

import java.util.Locale;

/** Why a shard does not count as finished (specification campaign 8.1). */
public enum ShardReason {
  NO_MARKER,
  NO_OWNER,
  MARKER_UNREADABLE,
  OWNER_UNREADABLE,
  WRONG_KIND,
  SHARD_ID_MISMATCH,
  WRITER_CONFIG_MISMATCH,
  SOURCE_MANIFEST_MISMATCH,
  SPLIT_MANIFEST_MISMATCH,
  ENTRY_MISMATCH,
  OWNER_HASH_MISMATCH,
  STORE_MANIFEST_MISMATCH,
  FILE_MISSING,
  FILE_SIZE_MISMATCH,
  FILE_HASH_MISMATCH,
  /** A warning: a file that no seal names does not change what the sealed files say. */
  EXTRA_FILE,
  SCHEMA_INVALID,
  DATA_HASH_MISMATCH,
  STORE_PATH_INVALID,
  EMPTY_FINAL,
  NOT_A_DIRECTORY,
  STORAGE_ERROR;

  /** Name in reports. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether a shard with this reason still counts as finished. */
  boolean isWarning() {
    return this == EXTRA_FILE;
  }
}
