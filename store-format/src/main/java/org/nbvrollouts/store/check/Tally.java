package org.nbvrollouts.store.check;

import java.util.ArrayList;
import java.util.List;

/** Rows that break one rule: how many, and the first few. */
final class Tally {
  private static final int SHOWN = 8;

  private final List<Long> first = new ArrayList<>();
  private long count;
  private long latest = -1;
  private String detail = "";

  /** Counts a row once, though it may come several times in a row. */
  void add(long row) {
    add(row, "");
  }

  /** As {@link #add(long)}, with what is wrong there; the first such detail is kept. */
  void add(long row, String what) {
    if (row == latest) {
      return;
    }
    latest = row;
    if (count++ == 0) {
      detail = what;
    }
    if (first.size() < SHOWN) {
      first.add(row);
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** The first row, −1 if there is none. */
  long firstRow() {
    return first.isEmpty() ? -1 : first.get(0);
  }

  /** What is wrong in the first row. */
  String detail() {
    return detail;
  }

  /** Number and first few, for a message. */
  @Override
  public String toString() {
    String rows = String.join(", ", first.stream().map(String::valueOf).toList());
    return "(rows=%d: %s%s)".formatted(count, rows, count > first.size() ? ", …" : "");
  }
}
