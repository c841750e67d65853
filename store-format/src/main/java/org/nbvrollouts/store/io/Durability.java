package org.nbvrollouts.store.io;

/** Whether writes to a local disk wait until the disk has them. */
public enum Durability {
  /** Files and the folders that name them are forced to disk: a power loss keeps them. */
  FORCED,
  /** The operating system writes when it likes: faster, safe against a killed process only. */
  BUFFERED
}
