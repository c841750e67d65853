package org.nbvrollouts.pipeline.policy;

/** How scores become logits (specification generation 7.4). */
public enum LogitScaling {
  /** Score over temperature. */
  PLAIN,
  /** Distance from the lower median in robust spreads, over temperature. */
  ROBUST
}
