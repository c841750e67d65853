package org.nbvrollouts.jobs.command;

/**
 * Exit codes that are not failures of one call (specification campaign 10.2); failures carry their
 * own.
 */
final class ExitCode {
  static final int OK = 0;
  static final int INTERNAL = 1;
  static final int UNFINISHED = 2;
  static final int TAMPERED = 3;
  static final int DIVERGENT = 4;
  static final int INVALID = 5;
  static final int GATE = 6;
  static final int USAGE = 64;

  private ExitCode() {}
}
