package org.nbvrollouts.store.commit;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.manifest.FailureKind;

/** Tells failures of the storage apart. */
final class StorageFailures {
  /** What a disk, HDFS and servers of S3 say; the libraries have no common type for it. */
  private static final Pattern FULL =
      Pattern.compile(
          "no space left on device|not enough space|storagefull|insufficientstorage"
              + "|quota.* exceeded|quotaexceeded",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final int DEEPEST_CAUSE = 32;

  private StorageFailures() {}

  /** Typed cause of an exception that carries none itself. */
  static FailureKind kindOf(Throwable failure) {
    Throwable cause = failure;
    FailureKind kind = FailureKind.GENERATION_ERROR;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof ShardBuildException typed) {
        return typed.kind();
      }
      if (isFull(cause)) {
        return FailureKind.DISK_FULL;
      }
      if (cause instanceof OutOfMemoryError) {
        return FailureKind.OUT_OF_MEMORY;
      }
      if (cause instanceof CommitStateUnknownException) {
        return FailureKind.COMMIT_UNKNOWN;
      }
      if (cause instanceof IOException || cause instanceof EnvironmentException) {
        kind = FailureKind.STORAGE_ERROR;
      }
      cause = cause.getCause();
    }
    return kind;
  }

  /** Whether a task was asked to stop. */
  static boolean isCancellation(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
      if (cause instanceof InterruptedException
          || cause instanceof CancellationException
          || cause instanceof ClosedByInterruptException) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private static boolean isFull(Throwable failure) {
    return failure instanceof IOException
        && failure.getMessage() != null
        && FULL.matcher(failure.getMessage()).find();
  }
}
