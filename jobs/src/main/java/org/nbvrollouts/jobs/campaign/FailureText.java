package org.nbvrollouts.jobs.campaign;

import org.nbvrollouts.store.error.ErrorCode;
import org.nbvrollouts.store.manifest.FailureDetail;
import org.nbvrollouts.store.manifest.FailureKind;

/** Why an attempt failed, in a line for people. */
public final class FailureText {
  private FailureText() {}

  /** The message; with the kind of exception where the program itself is to blame. */
  public static String of(FailureDetail failure) {
    if (failure.kind() == FailureKind.OUT_OF_MEMORY) {
      return "Cannot build shard: no memory is left ("
          + failure.error()
          + "). Give the process more (NBV_JAVA_OPTS=-Xmx8g, spark.executor.memory), or let it run"
          + " fewer tasks at a time";
    }
    if (failure.kind().errorCode() != ErrorCode.INTERNAL) {
      return failure.error();
    }
    return "Internal error: "
        + failure.errorType()
        + ": "
        + failure.error()
        + " (stage="
        + failure.stage()
        + "). Add --debug for where it happened";
  }
}
