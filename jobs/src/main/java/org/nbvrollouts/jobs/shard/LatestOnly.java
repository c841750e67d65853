package org.nbvrollouts.jobs.shard;

import java.util.function.Function;

/**
 * Keeps the value made for the latest key. Tasks of a process ask for the same key over and over; a
 * new key replaces the old one, so nothing piles up in a long-lived process. Thread-safe.
 */
final class LatestOnly<K, V> {
  private final Function<K, V> make;
  private K key;
  private V value;

  LatestOnly(Function<K, V> make) {
    this.make = make;
  }

  synchronized V get(K wanted) {
    if (!wanted.equals(key)) {
      V made = make.apply(wanted);
      key = wanted;
      value = made;
    }
    return value;
  }
}
