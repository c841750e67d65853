package org.nbvrollouts.jobs.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.nbvrollouts.jobs.origin.StoredRow;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;
import org.nbvrollouts.store.schema.InvalidReason;

/** What was measured of the pose, and the reason that is stored. */
final class JudgementSections {
  private static final String METRES = "m";
  private static final String DEGREES = "deg";

  private final CandidateCase candidate;

  JudgementSections(CandidateCase candidate) {
    this.candidate = candidate;
  }

  List<Section> sections() {
    return List.of(
        new Section("reason", "Reason", reason()),
        new Section("diagnostics", "Diagnostics", diagnostics()));
  }

  private List<Fact> reason() {
    StoredRow stored = candidate.stored();
    InvalidReason reason =
        candidate.why().firstFailure().map(RuleMeasurement::reason).orElse(InvalidReason.VALID);
    return List.of(
        Fact.of("actor_action_mask", "valid", candidate.isValid())
            .beside(stored.truth("actor_action_mask")),
        Fact.of("primary_invalid_reason", "primary reason, code", (long) reason.bit())
            .beside(stored.integer("primary_invalid_reason")),
        Fact.of("primary_reason_name", "primary reason", reason.name())
            .beside(
                InvalidReason.decodeInvalidReason(
                    Math.toIntExact(stored.integer("primary_invalid_reason")))),
        Fact.of("invalid_reason_bitset", "reason bits", (long) reason.mask())
            .beside(stored.integer("invalid_reason_bitset")),
        Fact.of("stored_bits", "stored bits in words", bits(stored)));
  }

  private static String bits(StoredRow stored) {
    long bits = stored.integer("invalid_reason_bitset");
    return Stream.of(InvalidReason.values())
        .filter(reason -> (bits & reason.mask()) != 0)
        .map(Enum::name)
        .collect(Collectors.joining(", "));
  }

  private List<Fact> diagnostics() {
    List<Fact> facts = new ArrayList<>();
    facts.add(diagnostic("mesh_distance_m", "centre to the mesh", "min_distance_to_mesh"));
    facts.add(diagnostic("path_min_clearance_m", "move to the mesh", "path_min_clearance_m"));
    facts.add(
        Fact.of("path_collision_mask", "move collides", candidate.extra("path_collision_mask") != 0)
            .beside(candidate.diagnostics().truth("path_collision_mask")));
    facts.add(diagnostic("free_space_margin_m", "margin in the extent", "free_space_margin_m"));
    facts.add(diagnostic("motion_step_length_m", "length of the move", "motion_step_length_m"));
    facts.add(diagnostic("motion_height_delta_m", "change of height", "motion_height_delta_m"));
    facts.add(diagnostic("motion_backward_step_m", "step backwards", "motion_backward_step_m"));
    facts.add(diagnostic("motion_yaw_delta_deg", "horizontal turn", "motion_yaw_delta_rad"));
    facts.add(diagnostic("target_distance_m", "distance to the target", "target_distance_m"));
    facts.add(
        diagnostic(
            "target_bearing_yaw_deg", "bearing of the target, x to z", "target_bearing_yaw_rad"));
    return facts;
  }

  private Fact diagnostic(String column, String words, String extra) {
    boolean isAngle = column.endsWith("_deg");
    double value = candidate.extra(extra);
    return Fact.of(
            column,
            words,
            isAngle ? StrictMath.toDegrees(value) : value,
            isAngle ? DEGREES : METRES)
        .beside(candidate.diagnostics().real(column));
  }
}
