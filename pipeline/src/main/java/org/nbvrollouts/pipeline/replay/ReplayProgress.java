package org.nbvrollouts.pipeline.replay;

/** Is told how far a replay is. */
public interface ReplayProgress {

  /**
   * A rollout begins.
   *
   * @param mostParts nodes to expand and nodes to compare with the whole scene, at most
   */
  default void begin(int mostParts) {}

  /** What is being done, for people. */
  void doing(String what);

  /** A part of the rollout is done. */
  default void partDone() {}
}
