package org.nbvrollouts.store.io;

/**
 * One direct child of a folder.
 *
 * @param name last name of its path
 * @param sizeBytes length of a file, 0 for anything else
 */
public record StoreEntry(String name, Kind kind, long sizeBytes) {

  /** What stands at a name. */
  public enum Kind {
    FILE,
    FOLDER,
    /** A symbolic link, device or socket: never part of a store, never followed. */
    OTHER
  }

  /** Whether this is a regular file. */
  public boolean isFile() {
    return kind == Kind.FILE;
  }

  /** Whether this is a folder. */
  public boolean isFolder() {
    return kind == Kind.FOLDER;
  }
}
