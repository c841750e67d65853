package org.nbvrollouts.pipeline.target;

import java.util.EnumSet;
import java.util.Set;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.source.OrientedBox;

/** Scores rows and tells which of them may become targets (specification generation 3.2, 3.3). */
final class TargetJudge {
  private final TargetEligibilityConfig config;
  private final EvidenceCounter counter;

  TargetJudge(TargetEligibilityConfig config, EvidenceCounter counter) {
    this.config = config;
    this.counter = counter;
  }

  JudgedTarget judge(WorldBox box, String targetId) {
    TargetEvidence evidence = counter.count(box);
    double visibility = visibility(evidence);
    double effective = evidence.effectiveSupportCount();
    double support = clampToUnit(effective / config.minSupportPoints());
    double deficit = 1 - clampToUnit(effective / config.supportSaturationPoints());
    TargetReasons reasons = TargetReasons.of(reasons(box.box(), evidence));
    double score =
        reasons.isValid() ? box.box().confidence() * visibility * support * deficit : Double.NaN;
    return new JudgedTarget(box, targetId, evidence, visibility, support, deficit, score, reasons);
  }

  /** Smoothstep of the area; an area of 0 says that no camera has a box, not that it is small. */
  private double visibility(TargetEvidence evidence) {
    if (evidence.projectedAreaPixels() <= 0) {
      return config.requireProjectedVisibility() ? 0 : config.missingProjectionVisibilityScore();
    }
    double n =
        clampToUnit(evidence.projectedAreaFraction() / config.projectedAreaFullScoreFraction());
    return n * n * (3 - 2 * n);
  }

  private Set<TargetInvalidReason> reasons(OrientedBox box, TargetEvidence evidence) {
    Set<TargetInvalidReason> reasons = EnumSet.noneOf(TargetInvalidReason.class);
    if (!box.isFinite()) {
      reasons.add(TargetInvalidReason.OBB_NONFINITE);
    }
    if (!(hasLength(box, 0) && hasLength(box, 1) && hasLength(box, 2))) {
      reasons.add(TargetInvalidReason.OBB_EXTENT_INVALID);
    }
    if (box.confidence() < config.minConfidence()) {
      reasons.add(TargetInvalidReason.CONFIDENCE_TOO_LOW);
    }
    if (config.requireProjectedVisibility()) {
      double area = evidence.projectedAreaPixels();
      if (area <= 0) {
        reasons.add(TargetInvalidReason.NO_PROJECTED_VISIBILITY);
      }
      if (area < config.minProjectedAreaPixels()) {
        reasons.add(TargetInvalidReason.PROJECTED_AREA_TOO_SMALL);
      }
    }
    if (evidence.effectiveSupportCount() < config.minSupportPoints()) {
      reasons.add(TargetInvalidReason.TARGET_SUPPORT_TOO_LOW);
    }
    return reasons;
  }

  private static boolean hasLength(OrientedBox box, int axis) {
    return box.extent(axis) > 0 && Double.isFinite(box.extent(axis));
  }

  private static double clampToUnit(double value) {
    return Math.min(Math.max(value, 0), 1);
  }
}
