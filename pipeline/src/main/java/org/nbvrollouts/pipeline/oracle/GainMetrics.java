package org.nbvrollouts.pipeline.oracle;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nbvrollouts.store.schema.StoreSchema;
import org.nbvrollouts.store.source.DoubleColumn;

/**
 * Metric vectors of a node, one value per valid candidate, named as in specification store 4.7 and
 * defined in specification generation 6.5. Errors are m², gains dimensionless.
 */
public final class GainMetrics {
  /** Least denominator and argument of a logarithm, m². */
  static final double ERROR_FLOOR_M2 = StoreSchema.GAIN_DENOMINATOR_FLOOR;

  private final Map<String, DoubleColumn> vectors = new LinkedHashMap<>();

  /**
   * Adds the metrics of the target.
   *
   * @param rootErrorM2 error before the first step
   */
  public GainMetrics target(
      double rootErrorM2, TargetState state, List<CandidateError> candidates) {
    List<PointMeshError> after = candidates.stream().map(CandidateError::after).toList();
    append("target", rootErrorM2, state.error(), after);
    vectors.put("rri", vectors.get("target_rri"));
    vectors.put("target_root_pm_dist", constant(rootErrorM2, candidates.size()));
    vectors.put("target_current_support", constant(state.support(), candidates.size()));
    vectors.put(
        "target_candidate_support",
        DoubleColumn.of(candidates.stream().mapToDouble(CandidateError::support).toArray()));
    return this;
  }

  /**
   * Adds the metrics of the scene.
   *
   * @param rootErrorM2 error before the first step
   */
  public GainMetrics scene(double rootErrorM2, SceneErrors errors) {
    append("scene", rootErrorM2, errors.before(), errors.after());
    return this;
  }

  /** All metrics added so far, by name. */
  public Map<String, DoubleColumn> vectors() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(vectors));
  }

  private void append(
      String prefix, double rootErrorM2, PointMeshError before, List<PointMeshError> after) {
    int count = after.size();
    double[] rri = new double[count];
    double[] rootGain = new double[count];
    double[] logGain = new double[count];
    double current = before.distance();
    for (int i = 0; i < count; i++) {
      double next = after.get(i).distance();
      rri[i] = (current - next) / Math.max(current, ERROR_FLOOR_M2);
      rootGain[i] = (current - next) / Math.max(rootErrorM2, ERROR_FLOOR_M2);
      logGain[i] = logOf(current) - logOf(next);
    }
    vectors.put(prefix + "_rri", DoubleColumn.of(rri));
    vectors.put(prefix + "_root_gain", DoubleColumn.of(rootGain));
    vectors.put(prefix + "_log_error_gain", DoubleColumn.of(logGain));
    vectors.put(prefix + "_pm_dist_before", constant(current, count));
    vectors.put(prefix + "_pm_acc_before", constant(before.accuracy(), count));
    vectors.put(prefix + "_pm_comp_before", constant(before.completeness(), count));
    vectors.put(
        prefix + "_pm_dist_after",
        DoubleColumn.of(after.stream().mapToDouble(PointMeshError::distance).toArray()));
    vectors.put(
        prefix + "_pm_acc_after",
        DoubleColumn.of(after.stream().mapToDouble(PointMeshError::accuracy).toArray()));
    vectors.put(
        prefix + "_pm_comp_after",
        DoubleColumn.of(after.stream().mapToDouble(PointMeshError::completeness).toArray()));
  }

  private static double logOf(double errorM2) {
    return StrictMath.log(Math.max(errorM2, ERROR_FLOOR_M2));
  }

  private static DoubleColumn constant(double value, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return DoubleColumn.of(values);
  }
}
