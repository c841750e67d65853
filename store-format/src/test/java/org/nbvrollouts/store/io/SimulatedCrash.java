package org.nbvrollouts.store.io;

/** The death of a process: nothing after it runs, so nothing may catch it. */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedCrash(String operation) {
    super("stopped at " + operation);
  }
}
