package org.nbvrollouts.store.source.bundle;

/**
 * One line of what an import found or had to decide.
 *
 * @param text for people, without a full stop
 */
public record Finding(Kind kind, String text) {
  /** How sure the import is. */
  public enum Kind {
    /** Read from the folder. */
    FOUND,
    /** Decided because the folder does not say. */
    ASSUMED,
    /** Read, legal, and probably not what was meant. */
    SUSPICIOUS,
    /** A file that plays no part. */
    IGNORED
  }
}
