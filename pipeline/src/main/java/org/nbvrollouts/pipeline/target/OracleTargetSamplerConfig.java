package org.nbvrollouts.pipeline.target;

import java.util.OptionalInt;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Keys of {@code oracle_target_task_sampler} (specification generation 3.1 and 8).
 *
 * @param policy which boxes take part in the draw
 * @param maxTargetsPerSample targets drawn at most, all when empty
 * @param seed of the permutation
 * @param minIdentityIou least overlap with a ground-truth box
 * @param identityAmbiguityGap the best overlap must exceed the second by more than this
 * @param identityIouSamples samples per axis of the overlap
 * @param evidence audit columns; they gate nothing
 */
public record OracleTargetSamplerConfig(
    OracleSamplingPolicy policy,
    OptionalInt maxTargetsPerSample,
    long seed,
    double minIdentityIou,
    double identityAmbiguityGap,
    int identityIouSamples,
    TargetEvidenceConfig evidence)
    implements TargetSourceConfig {

  public OracleTargetSamplerConfig {
    maxTargetsPerSample.ifPresent(most -> ConfigCheck.atLeast("max_targets_per_sample", most, 1));
    ConfigCheck.atLeast("seed", seed, 0);
    ConfigCheck.within("min_identity_iou", minIdentityIou, 0, 1);
    ConfigCheck.within("identity_ambiguity_gap", identityAmbiguityGap, 0, 1);
    ConfigCheck.within(
        "identity_iou_samples", identityIouSamples, 1, SampledIou.MOST_SAMPLES_PER_AXIS);
  }

  /** Three targets, seed 0, IoU 0.25, gap 0.05, 8 samples per axis. */
  public static OracleTargetSamplerConfig defaults() {
    return new OracleTargetSamplerConfig(
        OracleSamplingPolicy.ORACLE_IDENTITY_VALID_UNIFORM,
        OptionalInt.of(3),
        0,
        0.25,
        0.05,
        8,
        TargetEvidenceConfig.defaults());
  }

  @Override
  public RolloutTargetSource newTargetSource() {
    return new OracleTargetTaskSampler(this);
  }

  @Override
  public boolean isLabelled() {
    return true;
  }

  /** Accepts every text: stores of oracle tasks exist under both protocols. */
  @Override
  public void checkProtocol(String targetProtocolVersion) {}
}
