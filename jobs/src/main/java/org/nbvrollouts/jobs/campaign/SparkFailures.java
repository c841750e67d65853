package org.nbvrollouts.jobs.campaign;

import org.apache.spark.SparkException;
import org.nbvrollouts.store.error.EnvironmentException;
import org.nbvrollouts.store.error.NbvException;

/** What the failure of a job means for the command that started it. */
final class SparkFailures {
  private SparkFailures() {}

  /**
   * What a task said, if it was one of our exceptions; that Spark gave up, if nothing else is
   * known; else the failure itself, which is a mistake of the program.
   *
   * @param isStopped whether Spark has ended, and every job with it
   */
  static RuntimeException inWords(Exception failure, boolean isStopped) {
    Throwable root = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof NbvException known) {
        return known;
      }
      root = cause;
    }
    if (isStopped || root instanceof SparkException) {
      return new EnvironmentException(
          "Cannot finish job of Spark: "
              + firstLine(root)
              + ". Its executors or its master may be gone: look at Spark's web page or event log,"
              + " then run again",
          failure);
    }
    return failure instanceof RuntimeException unchecked
        ? unchecked
        : new IllegalStateException(failure);
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no reason is known");
  }
}
