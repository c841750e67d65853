package org.nbvrollouts.pipeline.target;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Which boxes the actor-visible selector may take (specification generation 3.2). */
public enum TargetSourceMode {
  /** Detected boxes; ground truth is never a target here. */
  V1_ACTOR_VISIBLE("v1_actor_visible", "v1_observed"),
  /** Ground-truth boxes as if they had been detected, to check everything behind the detector. */
  V0_GT_SANITY("v0_gt_sanity", "v0_gt_input");

  private final String key;
  private final String protocol;

  TargetSourceMode(String key, String protocol) {
    this.key = key;
    this.protocol = protocol;
  }

  /** Name in configuration files. */
  public String key() {
    return key;
  }

  /** The protocol text that is true of these targets (specification store 3.8). */
  public String protocol() {
    return protocol;
  }

  /** Refuses a protocol text that is not true of these targets. */
  public void checkProtocol(String targetProtocolVersion) {
    if (!protocol.equals(targetProtocolVersion)) {
      throw ConfigCheck.invalid(
          "target_protocol_version",
          targetProtocolVersion,
          protocol + " in [store] while target_selector.source_mode is " + key);
    }
  }

  /** The value of a configuration name; refuses other names. */
  public static TargetSourceMode ofKey(String key) {
    return ConfigCheck.oneOf("source_mode", values(), TargetSourceMode::key, key);
  }
}
