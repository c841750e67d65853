package org.nbvrollouts.pipeline.target;

/** Where targets come from and how they are chosen (specification generation 3 and 8). */
public sealed interface TargetSourceConfig permits OracleTargetSamplerConfig, TargetSelectorConfig {

  /** A target source that works to these settings. */
  RolloutTargetSource newTargetSource();

  /** True if a target of this source may have a label. */
  boolean isLabelled();

  /**
   * Refuses a protocol text that says something else of the targets than these settings do.
   *
   * @param targetProtocolVersion text that every record and the store repeat
   * @throws org.nbvrollouts.store.error.RefusedInputException if the text is wrong for this source
   */
  void checkProtocol(String targetProtocolVersion);
}
