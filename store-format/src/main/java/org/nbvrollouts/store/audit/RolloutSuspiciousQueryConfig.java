package org.nbvrollouts.store.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nbvrollouts.store.error.RefusedInputException;

/**
 * What counts as suspicious (specification audits 7.3).
 *
 * @param minValidCandidates a step with fewer valid candidates is
 * @param dominantInvalidFraction a step of whose invalid candidates one reason has this share is
 * @param highTargetScore a target with this selection score and without label is
 * @param maxStepDistanceM longest move, metres
 * @param maxHeightDeltaM largest change of height, metres
 * @param maxBackwardStepM longest move backwards, metres
 * @param maxYawDeltaDeg largest turn, degrees
 * @param minInvalidRows a dominant reason needs so many invalid candidates
 */
public record RolloutSuspiciousQueryConfig(
    long minValidCandidates,
    double dominantInvalidFraction,
    double highTargetScore,
    double maxStepDistanceM,
    double maxHeightDeltaM,
    double maxBackwardStepM,
    double maxYawDeltaDeg,
    long minInvalidRows) {

  /** The thresholds of the specification. */
  public static final RolloutSuspiciousQueryConfig DEFAULT =
      new RolloutSuspiciousQueryConfig(3, 0.8, 0.5, 1.25, 0.6, 0.35, 85.0, 1);

  /** These thresholds with others in their place. */
  public RolloutSuspiciousQueryConfig with(Map<String, Double> changes) {
    Map<String, Double> values = values();
    changes.forEach(
        (name, value) -> {
          if (!values.containsKey(name)) {
            throw new RefusedInputException(
                "Invalid threshold: %s (expected one of %s)"
                    .formatted(name, String.join(", ", values.keySet())));
          }
          boolean isCount = name.startsWith("min_");
          if (!Double.isFinite(value) || (isCount && (value < 0 || value != Math.rint(value)))) {
            throw new RefusedInputException(
                "Invalid threshold %s: %s (expected %s)"
                    .formatted(name, value, isCount ? "a whole number" : "a finite number"));
          }
          values.put(name, value);
        });
    return new RolloutSuspiciousQueryConfig(
        values.get("min_valid_candidates").longValue(),
        values.get("dominant_invalid_fraction"),
        values.get("high_target_score"),
        values.get("max_step_distance_m"),
        values.get("max_height_delta_m"),
        values.get("max_backward_step_m"),
        values.get("max_yaw_delta_deg"),
        values.get("min_invalid_rows").longValue());
  }

  /** The thresholds by name. */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("min_valid_candidates", (double) minValidCandidates);
    values.put("dominant_invalid_fraction", dominantInvalidFraction);
    values.put("high_target_score", highTargetScore);
    values.put("max_step_distance_m", maxStepDistanceM);
    values.put("max_height_delta_m", maxHeightDeltaM);
    values.put("max_backward_step_m", maxBackwardStepM);
    values.put("max_yaw_delta_deg", maxYawDeltaDeg);
    values.put("min_invalid_rows", (double) minInvalidRows);
    return values;
  }
}
