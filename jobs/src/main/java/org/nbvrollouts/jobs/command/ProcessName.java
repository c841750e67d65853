package org.nbvrollouts.jobs.command;

import org.nbvrollouts.jobs.provenance.HostName;

/** Names for scratch files that no other running command of this or another host takes. */
final class ProcessName {
  private ProcessName() {}

  static String unique() {
    return HostName.current()
        + "-"
        + ProcessHandle.current().pid()
        + "-"
        + Long.toString(System.nanoTime(), Character.MAX_RADIX);
  }
}
