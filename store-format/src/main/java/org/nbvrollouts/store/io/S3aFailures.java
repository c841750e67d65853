package org.nbvrollouts.store.io;

import java.io.IOException;
import org.apache.hadoop.fs.s3a.AWSNoResponseException;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.hadoop.fs.s3a.AWSServiceThrottledException;
import org.apache.hadoop.fs.s3a.AWSStatus500Exception;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;

/** As {@link StorageFailureKind}, for the client of S3. */
final class S3aFailures {
  private static final int CONFLICT = 409;
  private static final int PRECONDITION_FAILED = 412;
  private static final int REQUEST_TIMEOUT = 408;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;

  private S3aFailures() {}

  static StorageFailureKind kindOf(IOException failure) {
    if (failure instanceof RemoteFileChangedException) {
      return StorageFailureKind.TAKEN;
    }
    if (failure instanceof AWSServiceThrottledException
        || failure instanceof AWSNoResponseException
        || failure instanceof AWSStatus500Exception) {
      return StorageFailureKind.PASSING;
    }
    if (failure instanceof AWSServiceIOException answered) {
      return ofStatus(answered.statusCode());
    }
    return StorageFailureKind.of(failure);
  }

  private static StorageFailureKind ofStatus(int status) {
    return switch (status) {
      case CONFLICT -> StorageFailureKind.CONFLICT;
      case PRECONDITION_FAILED -> StorageFailureKind.TAKEN;
      case REQUEST_TIMEOUT, TOO_MANY_REQUESTS -> StorageFailureKind.PASSING;
      default -> status >= SERVER_ERROR ? StorageFailureKind.PASSING : StorageFailureKind.LASTING;
    };
  }
}
