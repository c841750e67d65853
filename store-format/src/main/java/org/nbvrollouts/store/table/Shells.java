package org.nbvrollouts.store.table;

/** Which candidate rows each step has, in table order. */
public final class Shells {
  private final int[] start;
  private final int[] stateOfStep;
  private final int[] order;

  /**
   * Shells by their first place.
   *
   * @param start first place per step, and the end of the last
   * @param stateOfStep step whose shell a step has; steps of equal ids share the first one's
   * @param order candidate row of each place, or empty if it is the place
   */
  private Shells(int[] start, int[] stateOfStep, int[] order) {
    this.start = start;
    this.stateOfStep = stateOfStep;
    this.order = order;
  }

  /** Candidates that lie one shell after the other, as they do in a new store. */
  static Shells contiguous(Elements sizes) {
    int[] start = new int[sizes.rows() + 1];
    for (int step = 0; step < sizes.rows(); step++) {
      start[step + 1] = Math.addExact(start[step], sizes.intAt(step));
    }
    return new Shells(start, new int[0], new int[0]);
  }

  /** Candidates in any order; those of unknown steps are in no shell. */
  public static Shells of(Elements stepIds, Elements candidateSteps) {
    IdIndex steps = IdIndex.of(stepIds);
    int[] stateOfStep = new int[stepIds.rows()];
    for (int step = 0; step < stateOfStep.length; step++) {
      stateOfStep[step] = steps.row(stepIds.longAt(step));
    }
    int[] start = new int[stepIds.rows() + 1];
    boolean inOrder = true;
    int previous = 0;
    for (int row = 0; row < candidateSteps.rows(); row++) {
      int step = steps.row(candidateSteps.longAt(row));
      inOrder &= step >= previous;
      if (step >= 0) {
        start[step + 1]++;
        previous = step;
      }
    }
    for (int step = 0; step + 1 < start.length; step++) {
      start[step + 1] += start[step];
    }
    int[] order = inOrder ? new int[0] : new int[start[start.length - 1]];
    if (!inOrder) {
      int[] next = start.clone();
      for (int row = 0; row < candidateSteps.rows(); row++) {
        int step = steps.row(candidateSteps.longAt(row));
        if (step >= 0) {
          order[next[step]++] = row;
        }
      }
    }
    return new Shells(start, stateOfStep, order);
  }

  private int state(int step) {
    return stateOfStep.length == 0 ? step : stateOfStep[step];
  }

  /** False if an earlier step has the same id, and so the same candidates. */
  public boolean isOwn(int step) {
    return state(step) == step;
  }

  /** Candidates of a step. */
  public int size(int step) {
    return start[state(step) + 1] - start[state(step)];
  }

  /** Candidate row of a position in the shell of a step. */
  public int row(int step, int position) {
    int place = start[state(step)] + position;
    return order.length == 0 ? place : order[place];
  }

  /** Most candidates that a step has, 0 without steps. */
  public int widest() {
    int widest = 0;
    for (int step = 0; step + 1 < start.length; step++) {
      widest = Math.max(widest, size(step));
    }
    return widest;
  }
}
