package org.nbvrollouts.pipeline.candidate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.nbvrollouts.store.source.DoubleColumn;

/**
 * Diagnostics of every row of a candidate table, valid or not (specification generation 4.8). Those
 * that stores have a column for carry its name (specification store 4.7); units are in the names,
 * masks are 0 and 1. Beyond the columns of a store:
 *
 * <ul>
 *   <li>{@code path_evaluated_mask}: no earlier rule had rejected the row. Elsewhere {@code
 *       path_min_clearance_m} is NaN;
 *   <li>{@code motion_broken_bounds}: why the motion rule would reject the row, also where an
 *       earlier rule did: 1 step, 2 height, 4 step back, 8 turn, added up; 0 where the rule is off;
 *   <li>{@code target_bearing_about_up_rad}: the horizontal bearing of the target. The column
 *       {@code target_bearing_yaw_rad} of stores is measured about world y, which is not up;
 *   <li>{@code view_jitter_yaw_rad}, {@code view_jitter_pitch_rad}: part of every turn that the
 *       motion rule measures.
 * </ul>
 */
final class CandidateExtras {
  private CandidateExtras() {}

  static Map<String, DoubleColumn> columns(
      CandidateRulesConfig config,
      List<SampledCandidate> candidates,
      List<CandidateDiagnostics> rows,
      CandidateRules rules) {
    Map<String, DoubleColumn> extras = new LinkedHashMap<>();
    extras.put("min_distance_to_mesh", rules.meshDistanceMetres());
    extras.put("path_min_clearance_m", rules.pathClearanceMetres());
    extras.put("path_evaluated_mask", rules.pathsEvaluated());
    extras.put("path_collision_mask", rules.pathCollisions());
    extras.put("free_space_margin_m", column(rows, CandidateDiagnostics::freeSpaceMarginMetres));
    extras.put("motion_step_length_m", column(rows, CandidateDiagnostics::stepLengthMetres));
    extras.put("motion_height_delta_m", column(rows, CandidateDiagnostics::heightDeltaMetres));
    extras.put("motion_backward_step_m", column(rows, CandidateDiagnostics::backwardStepMetres));
    extras.put("motion_yaw_delta_rad", column(rows, CandidateDiagnostics::yawDeltaRad));
    extras.put(
        "motion_broken_bounds",
        column(rows, row -> config.enforceMotionRealism() ? row.brokenBounds(config.motion()) : 0));
    extras.put("target_distance_m", column(rows, CandidateDiagnostics::targetDistanceMetres));
    extras.put("target_bearing_yaw_rad", column(rows, CandidateDiagnostics::targetBearingYawRad));
    extras.put(
        "target_bearing_about_up_rad", column(rows, CandidateDiagnostics::targetBearingAboutUpRad));
    extras.put("view_jitter_yaw_rad", column(candidates, row -> row.jitter().yawRad()));
    extras.put("view_jitter_pitch_rad", column(candidates, row -> row.jitter().pitchRad()));
    return extras;
  }

  private static <T> DoubleColumn column(List<T> rows, ToDoubleFunction<T> value) {
    return DoubleColumn.of(rows.stream().mapToDouble(value).toArray());
  }
}
