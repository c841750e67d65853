package org.nbvrollouts.store.zarr;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/**
 * What is costly to make and is used again: at most as many as there are processors wait here until
 * somebody takes them. Thread-safe.
 */
final class Idle<T> {
  private final int most = Runtime.getRuntime().availableProcessors();
  private final ArrayDeque<T> waiting = new ArrayDeque<>();

  /** The last that was kept, or null if none is idle. */
  synchronized T poll() {
    return waiting.pollLast();
  }

  /** As {@link #poll}, or a new one. */
  T take(Supplier<T> maker) {
    T idle = poll();
    return idle == null ? maker.get() : idle;
  }

  /** False if there are enough already. */
  synchronized boolean keeps(T unused) {
    return waiting.size() < most && waiting.add(unused);
  }
}
