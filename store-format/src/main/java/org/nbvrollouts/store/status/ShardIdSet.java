package org.nbvrollouts.store.status;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Canonical shard ids; one bit each as long as they are numbered as planning does it. */
public final class ShardIdSet {
  private static final String PREFIX = "shard-";
  private static final int SHORTEST = 6;

  /** 16 MiB of bits. */
  private static final int MOST_BITS = 1 << 27;

  private final BitSet numbers = new BitSet();
  private final Set<String> others = new TreeSet<>();

  /** Adds a canonical id. */
  public void add(String shardId) {
    int number = numberOf(shardId);
    if (number >= 0) {
      numbers.set(number);
    } else {
      others.add(shardId);
    }
  }

  boolean isEmpty() {
    return numbers.isEmpty() && others.isEmpty();
  }

  /** Whether an id was added. */
  public boolean contains(String shardId) {
    int number = numberOf(shardId);
    return number >= 0 ? numbers.get(number) : others.contains(shardId);
  }

  /** Ids that another set lacks, in order of their numbers, then all others. */
  List<String> without(ShardIdSet known) {
    List<String> missing = new ArrayList<>();
    BitSet left = (BitSet) numbers.clone();
    left.andNot(known.numbers);
    left.stream().forEach(number -> missing.add(idOf(number)));
    others.stream().filter(id -> !known.others.contains(id)).forEach(missing::add);
    return missing;
  }

  /** The number of an id that planning would give that number, else -1. */
  private static int numberOf(String shardId) {
    String digits = shardId.substring(PREFIX.length());
    if (digits.length() > 9) {
      return -1;
    }
    int number = Integer.parseInt(digits);
    return number < MOST_BITS && idOf(number).equals(shardId) ? number : -1;
  }

  private static String idOf(int number) {
    String digits = Integer.toString(number);
    return PREFIX + "0".repeat(Math.max(0, SHORTEST - digits.length())) + digits;
  }
}
