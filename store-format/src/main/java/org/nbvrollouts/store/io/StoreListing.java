package org.nbvrollouts.store.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nbvrollouts.store.json.CanonicalJson;

/**
 * What stands at a location, with the direct children of a folder.
 *
 * @param entries children by name in code-point order; empty unless the location is a folder or a
 *     link to one
 */
public record StoreListing(Kind kind, List<StoreEntry> entries) {

  /** What the listed location is. */
  public enum Kind {
    ABSENT,
    FILE,
    FOLDER,
    /**
     * A link to a folder, with the children of that folder. A person may name one as a root; a
     * shard is never one, as what it leads to can change without a change below the root.
     */
    LINK
  }

  private static final Comparator<StoreEntry> BY_NAME =
      Comparator.comparing(StoreEntry::name, CanonicalJson.CODE_POINT_ORDER);

  /** Nothing stands there. */
  public static final StoreListing ABSENT = new StoreListing(Kind.ABSENT, List.of());

  /** A file stands there, so it has no children. */
  public static final StoreListing FILE = new StoreListing(Kind.FILE, List.of());

  public StoreListing {
    List<StoreEntry> sorted = new ArrayList<>(entries);
    sorted.sort(BY_NAME);
    entries = List.copyOf(sorted);
  }

  /** A folder with the given children. */
  public static StoreListing folder(List<StoreEntry> entries) {
    return new StoreListing(Kind.FOLDER, entries);
  }

  /** A link to a folder with the given children. */
  public static StoreListing link(List<StoreEntry> entries) {
    return new StoreListing(Kind.LINK, entries);
  }

  /** Whether a child of this name exists, whatever it is. */
  public boolean contains(String name) {
    for (StoreEntry entry : entries) {
      if (entry.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
