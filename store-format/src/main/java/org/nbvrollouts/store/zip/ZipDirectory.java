package org.nbvrollouts.store.zip;

import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The members of an archive by name.
 *
 * @param members sorted by name
 */
record ZipDirectory(NavigableMap<String, ZipMember> members) {
  ZipDirectory {
    members = Collections.unmodifiableNavigableMap(new TreeMap<>(members));
  }
}
