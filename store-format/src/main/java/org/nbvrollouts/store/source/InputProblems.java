package org.nbvrollouts.store.source;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * Collects what is wrong with an input, so that one refusal lists all of it, one problem per line.
 * The first {@value #MAX_KEPT} problems are kept as text, the rest are counted. Not thread-safe.
 */
public final class InputProblems {
  /** Problems kept as text. */
  public static final int MAX_KEPT = 50;

  private final List<String> kept = new ArrayList<>();
  private long count;

  /** Adds one problem: what is invalid, the rule and the place, without a full stop. */
  public void add(String problem) {
    count++;
    if (kept.size() < MAX_KEPT) {
      kept.add(problem);
    }
  }

  /** Adds every line of a refusal. */
  public void addAll(RefusedInputException refusal) {
    refusal.getMessage().lines().forEach(this::add);
  }

  /** As {@link #addAll}, leaving out lines that are kept already. */
  public void addNew(RefusedInputException refusal) {
    refusal.getMessage().lines().filter(line -> !kept.contains(line)).forEach(this::add);
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** The kept problems, and a last line that counts the others if there are any. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(kept);
    if (count > kept.size()) {
      lines.add("… and " + (count - kept.size()) + " more problems");
    }
    return List.copyOf(lines);
  }

  /**
   * Refuses the input if there is any problem.
   *
   * @throws RefusedInputException with one problem per line
   */
  public void refuseIfAny() {
    if (!isEmpty()) {
      throw new RefusedInputException(String.join("\n", lines()));
    }
  }
}
