package org.nbvrollouts.pipeline.target;

import java.util.List;
import java.util.OptionalDouble;
import org.nbvrollouts.store.schema.TargetInvalidReason;

/**
 * Tells whether a ground-truth box can be told apart from the other boxes of its table
 * (specification generation 3.1).
 */
final class IdentityGate {
  /** Outcome of the gate with the reason code it stands for. */
  enum Status {
    MATCHED(TargetMatch.MATCHED, TargetInvalidReason.VALID),
    UNMATCHED("unmatched_identity", TargetInvalidReason.TARGET_GT_UNMATCHED),
    AMBIGUOUS("ambiguous_identity", TargetInvalidReason.TARGET_GT_AMBIGUOUS),
    INVALID_GEOMETRY("invalid_geometry", TargetInvalidReason.OBB_EXTENT_INVALID);

    private final String text;
    private final TargetInvalidReason reason;

    Status(String text, TargetInvalidReason reason) {
      this.text = text;
      this.reason = reason;
    }

    String text() {
      return text;
    }

    TargetReasons reasons() {
      return TargetReasons.of(reason);
    }
  }

  /**
   * What the gate found.
   *
   * @param iou best overlap, NaN if geometry is invalid; 1, a box with itself, if identity is not
   *     asked
   * @param gap distance to the second best, NaN if it was not measured
   */
  record Verdict(Status status, double iou, double gap) {}

  private final OracleTargetSamplerConfig config;
  private final SampledIou overlap;

  IdentityGate(OracleTargetSamplerConfig config) {
    this.config = config;
    overlap = new SampledIou(config.identityIouSamples());
  }

  /**
   * Judges one box against all boxes of its table, itself included. A pair whose overlap cannot be
   * measured is no match.
   */
  Verdict judge(WorldBox box, List<WorldBox> table) {
    if (!box.hasValidGeometry()) {
      return new Verdict(Status.INVALID_GEOMETRY, Double.NaN, Double.NaN);
    }
    if (config.policy() == OracleSamplingPolicy.UNIFORM_WITHOUT_REPLACEMENT) {
      return new Verdict(Status.MATCHED, 1, Double.NaN);
    }
    double best = 0;
    double second = 0;
    for (WorldBox other : table) {
      OptionalDouble iou =
          other.hasValidGeometry() ? overlap.compute(box, other) : OptionalDouble.empty();
      double value = iou.orElse(0);
      if (value > best) {
        second = best;
        best = value;
      } else if (value > second) {
        second = value;
      }
    }
    return new Verdict(status(best, best - second), best, best - second);
  }

  private Status status(double best, double gap) {
    if (best < config.minIdentityIou() || best == 0) {
      return Status.UNMATCHED;
    }
    return gap <= config.identityAmbiguityGap() ? Status.AMBIGUOUS : Status.MATCHED;
  }
}
