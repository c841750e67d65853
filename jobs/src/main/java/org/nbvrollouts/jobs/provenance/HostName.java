package org.nbvrollouts.jobs.provenance;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Name of this machine, for people who read sidecars; never part of data. */
public final class HostName {
  private static final String CURRENT = find();

  private HostName() {}

  public static String current() {
    return CURRENT;
  }

  private static String find() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return BuildInfo.UNKNOWN;
    }
  }
}
