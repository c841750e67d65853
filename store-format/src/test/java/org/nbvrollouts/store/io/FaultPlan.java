package org.nbvrollouts.store.io;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Numbers the operations of one simulated process from 1 and breaks one of them. After a crash
 * every later operation crashes too: a dead process does nothing. Thread-safe.
 */
public final class FaultPlan {
  private static final long DELAY_NANOS = 2_000_000;

  private final Kind kind;
  private final int number;
  private final String namePart;
  private final Runnable meanwhile;
  private final List<String> operations = new ArrayList<>();
  private String fired;

  /** What happens at the chosen operation. */
  public enum Kind {
    NONE,
    /** The process dies before the operation has any effect. */
    CRASH_BEFORE,
    /** The process dies after the operation took effect. */
    CRASH_AFTER,
    /** The operation has no effect and reports an error. */
    FAIL_BEFORE,
    /** The operation takes effect and reports an error. */
    FAIL_AFTER,
    /** Something else happens before the operation reaches the storage. */
    DELAY_BEFORE,
    /** Something else happens before the answer of the storage reaches the process. */
    DELAY_AFTER;

    /** Whether the process ends. */
    public boolean isCrash() {
      return this == CRASH_BEFORE || this == CRASH_AFTER;
    }
  }

  /** An operation, or what it does. */
  public interface Operation<T> {
    T run() throws IOException;
  }

  private FaultPlan(Kind kind, int number, String namePart, Runnable meanwhile) {
    this.kind = kind;
    this.number = number;
    this.namePart = namePart;
    this.meanwhile = meanwhile;
  }

  /** Counts and breaks nothing. */
  public static FaultPlan none() {
    return new FaultPlan(Kind.NONE, 0, "", () -> {});
  }

  /** Breaks the n-th operation; a delay gives way to other threads for a moment. */
  public static FaultPlan at(Kind kind, int number) {
    return at(kind, number, () -> LockSupport.parkNanos(DELAY_NANOS));
  }

  /**
   * Breaks the n-th operation.
   *
   * @param meanwhile what happens during a delay
   */
  public static FaultPlan at(Kind kind, int number, Runnable meanwhile) {
    return new FaultPlan(kind, number, "", meanwhile);
  }

  /** Breaks the first operation whose name contains the text. */
  public static FaultPlan atFirst(Kind kind, String namePart) {
    return atFirst(kind, namePart, () -> {});
  }

  /**
   * Breaks the first operation whose name contains the text.
   *
   * @param meanwhile what happens during a delay
   */
  public static FaultPlan atFirst(Kind kind, String namePart, Runnable meanwhile) {
    return new FaultPlan(kind, 0, namePart, meanwhile);
  }

  /** Names of all operations so far, in order. */
  public synchronized List<String> operations() {
    return List.copyOf(operations);
  }

  /** The operation that was broken. */
  public synchronized Optional<String> fired() {
    return Optional.ofNullable(fired);
  }

  /** Runs an operation, or breaks it. */
  public <T> T run(String name, Operation<T> operation) throws IOException {
    Kind now = register(name);
    if (now == Kind.CRASH_BEFORE) {
      throw new SimulatedCrash(name);
    }
    if (now == Kind.FAIL_BEFORE) {
      throw new IOException("injected failure before " + name);
    }
    if (now == Kind.DELAY_BEFORE) {
      meanwhile.run();
    }
    T result = operation.run();
    if (now == Kind.CRASH_AFTER) {
      throw new SimulatedCrash(name);
    }
    if (now == Kind.FAIL_AFTER) {
      throw new IOException("injected failure after " + name);
    }
    if (now == Kind.DELAY_AFTER) {
      meanwhile.run();
    }
    return result;
  }

  private synchronized Kind register(String name) {
    if (fired != null) {
      return kind.isCrash() ? Kind.CRASH_BEFORE : Kind.NONE;
    }
    operations.add(name);
    boolean hit =
        kind != Kind.NONE && (number > 0 ? operations.size() == number : name.contains(namePart));
    if (!hit) {
      return Kind.NONE;
    }
    fired = name;
    return kind;
  }
}
