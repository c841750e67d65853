package org.nbvrollouts.jobs.campaign;

import java.io.Serializable;

/**
 * An executor.
 *
 * @param host as the scheduler names it
 * @param executorId its id within the application
 */
record Seat(String host, String executorId) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How the scheduler is told that a task prefers this executor. */
  String location() {
    return "executor_" + host + "_" + executorId;
  }
}
