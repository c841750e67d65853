package org.nbvrollouts.jobs.campaign;

import org.nbvrollouts.store.manifest.FailureDetail;

/** Why an attempt failed, in a line for people. */
public final class FailureText {
  private FailureText() {}

  /** The message; with the kind of exception where the program itself is to blame. */
  public static String of(FailureDetail failure) {
    return switch (failure.kind()) {
      case GENERATION_ERROR, INTERNAL_ERROR ->
          "Internal error: "
              + failure.errorType()
              + ": "
              + failure.error()
              + " (stage="
              + failure.stage()
              + "). Add --debug for where it happened";
      case CONFIG_DRIFT,
          SOURCE_DRIFT,
          MANIFEST_INVALID,
          ROW_NOT_EXPOSED,
          ROW_IDENTITY_MISMATCH,
          SNIPPET_UNREADABLE,
          MESH_MISSING,
          MESH_HASH_MISMATCH,
          NO_RECORDS,
          OUT_OF_MEMORY,
          TIMEOUT,
          VALIDATION_FAILED,
          DISK_FULL,
          STORAGE_ERROR,
          PUBLISH_CONFLICT,
          COMMIT_UNKNOWN,
          LAUNCH_ERROR ->
          failure.error();
    };
  }
}
