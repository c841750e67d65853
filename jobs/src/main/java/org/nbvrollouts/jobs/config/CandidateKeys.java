package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.ignored;
import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigKey.optional;
import static org.nbvrollouts.jobs.config.ConfigKey.required;
import static org.nbvrollouts.jobs.config.ConfigType.FLAG;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.LONG;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;
import static org.nbvrollouts.jobs.config.KeyRole.CANDIDATE;

import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.candidate.CandidateBaseConfig;
import org.nbvrollouts.pipeline.candidate.DirectionSampling;
import org.nbvrollouts.pipeline.candidate.PathRule;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Keys of {@code candidate_mixture} (specification generation 8, table "Candidate base"). */
final class CandidateKeys {
  static final String COMPONENTS = "candidate_mixture.components";

  private static final String BASE = "candidate_mixture.base.";
  private static final String EACH = COMPONENTS + "[].";
  private static final ValueRange ANGLE = ValueRange.between(-90, 90);
  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);
  private static final ValueRange SAMPLERS =
      ValueRange.oneOf(DirectionSampling.values(), DirectionSampling::key);
  private static final ValueRange FAMILIES =
      ValueRange.oneOf(PositionFamily.values(), PositionFamily::key);
  private static final ValueRange VIEWS =
      ValueRange.oneOf(ViewStrategy.values(), ViewStrategy::key);

  private CandidateKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(region(), views(), rules(), withoutMeaning(), components())
        .flatMap(List::stream)
        .toList();
  }

  private static List<ConfigKey> region() {
    return List.of(
        key(
                CANDIDATE,
                BASE + "camera_label",
                TEXT,
                "rgb",
                "Camera of the rig that moves; sources hold no other calibration than that of rgb")
            .in(ValueRange.oneOf(CandidateBaseConfig.CAMERA_LABELS)),
        key(
            CANDIDATE,
            BASE + "align_to_gravity",
            FLAG,
            true,
            "Sample directions in a frame whose up axis is against gravity"),
        key(CANDIDATE, BASE + "min_radius", NUMBER, 0.25, "Shortest move, metres").in(NOT_NEGATIVE),
        key(CANDIDATE, BASE + "max_radius", NUMBER, 1.25, "Longest move, metres").in(NOT_NEGATIVE),
        key(CANDIDATE, BASE + "min_elev_deg", NUMBER, -12.0, "Lowest direction, degrees").in(ANGLE),
        key(CANDIDATE, BASE + "max_elev_deg", NUMBER, 18.0, "Highest direction, degrees").in(ANGLE),
        key(CANDIDATE, BASE + "delta_azimuth_deg", NUMBER, 120.0, "Width of the fan, degrees")
            .in(new ValueRange(0, false, 360, List.of())),
        key(
                CANDIDATE,
                BASE + "sampling_strategy",
                TEXT,
                "forward_powerspherical",
                "Distribution of raw directions")
            .in(SAMPLERS),
        key(CANDIDATE, BASE + "kappa", NUMBER, 8.0, "Concentration of directions about forward")
            .in(NOT_NEGATIVE),
        key(
                CANDIDATE,
                BASE + "position_mode",
                TEXT,
                "upper_bound_free_shell",
                "Position family of components that name none")
            .in(FAMILIES),
        optional(
                CANDIDATE,
                BASE + "reference_frame_index",
                INTEGER,
                null,
                "Trajectory pose to start from; the last one if absent")
            .in(NOT_NEGATIVE),
        key(CANDIDATE, BASE + "seed", LONG, 0L, "Seed of the proposal streams").in(NOT_NEGATIVE),
        key(
                CANDIDATE,
                BASE + "seed_mode",
                TEXT,
                "state-keyed",
                "Streams keyed by row, target and path, or one pattern for every node")
            .in(ValueRange.oneOf(SeedMode.values(), SeedMode::key)));
  }

  private static List<ConfigKey> views() {
    return List.of(
        key(
                CANDIDATE,
                BASE + "view_max_angle_deg",
                NUMBER,
                0.0,
                "Jitter of yaw and pitch where the two keys below are none, degrees")
            .in(NOT_NEGATIVE),
        optional(CANDIDATE, BASE + "view_max_azimuth_deg", NUMBER, 0.0, "Yaw jitter, degrees")
            .in(NOT_NEGATIVE),
        optional(CANDIDATE, BASE + "view_max_elevation_deg", NUMBER, 0.0, "Pitch jitter, degrees")
            .in(NOT_NEGATIVE),
        key(CANDIDATE, BASE + "view_roll_jitter_deg", NUMBER, 0.0, "Roll jitter, degrees")
            .in(NOT_NEGATIVE),
        optional(
                CANDIDATE,
                BASE + "view_sampling_strategy",
                TEXT,
                null,
                "Distribution of viewing directions when both jitters are zero")
            .in(SAMPLERS),
        optional(
                CANDIDATE,
                BASE + "view_kappa",
                NUMBER,
                null,
                "Concentration of viewing directions; kappa if absent")
            .in(NOT_NEGATIVE));
  }

  private static List<ConfigKey> rules() {
    return List.of(
        key(
            CANDIDATE,
            BASE + "ensure_free_space",
            FLAG,
            true,
            "Centres must lie in the known extent"),
        key(CANDIDATE, BASE + "enforce_motion_realism", FLAG, true, "Test the four motion bounds"),
        optional(CANDIDATE, BASE + "max_step_distance_m", NUMBER, 1.0, "Longest step, metres")
            .in(ValueRange.above(0)),
        optional(CANDIDATE, BASE + "max_height_delta_m", NUMBER, 0.25, "Largest climb, metres")
            .in(NOT_NEGATIVE),
        optional(CANDIDATE, BASE + "max_backward_step_m", NUMBER, 0.25, "Longest step back, metres")
            .in(NOT_NEGATIVE),
        optional(CANDIDATE, BASE + "max_yaw_delta_deg", NUMBER, 70.0, "Largest turn, degrees")
            .in(NOT_NEGATIVE),
        key(
                CANDIDATE,
                BASE + "min_distance_to_mesh",
                NUMBER,
                0.2,
                "Clearance of the centre, metres; 0 tests nothing")
            .in(NOT_NEGATIVE),
        key(CANDIDATE, BASE + "ensure_collision_free", FLAG, true, "Test the path to the centre"),
        key(
                CANDIDATE,
                BASE + "path_rule",
                TEXT,
                "sampled-clearance",
                "Test ray_subsample points of the path, or all of it, which rejects more")
            .in(ValueRange.oneOf(PathRule.values(), PathRule::key)),
        key(CANDIDATE, BASE + "ray_subsample", INTEGER, 32L, "Points tested on the path")
            .in(ValueRange.atLeast(2)),
        key(CANDIDATE, BASE + "step_clearance", NUMBER, 0.1, "Clearance of the path, metres")
            .in(NOT_NEGATIVE));
  }

  private static List<ConfigKey> withoutMeaning() {
    String mixture = "a mixture draws exactly what its components count";
    String always = "always recorded, also where it says false, so that reasons stay exact";
    return List.of(
        ignored(BASE + "num_samples", mixture),
        ignored(BASE + "oversample_factor", mixture),
        ignored(BASE + "max_resamples", mixture),
        ignored(BASE + "mesh_samples", "distances are exact"),
        ignored(BASE + "collision_backend", "collisions are always tested with the BVH"),
        ignored(BASE + "collect_rule_masks", always),
        ignored(BASE + "collect_debug_stats", always),
        ignored(BASE + "device", "there is no GPU device"),
        ignored(BASE + "verbosity", "logging is configured in log4j2.properties"),
        ignored(BASE + "is_debug", "logging is configured in log4j2.properties"));
  }

  private static List<ConfigKey> components() {
    return List.of(
        required(CANDIDATE, EACH + "name", TEXT, "Name of the component, unique"),
        required(CANDIDATE, EACH + "count", INTEGER, "Candidates it draws at every node")
            .in(ValueRange.between(1, 100_000)),
        required(CANDIDATE, EACH + "view_mode", TEXT, "Where its candidates look").in(VIEWS),
        optional(CANDIDATE, EACH + "position_mode", TEXT, null, "Position family").in(FAMILIES),
        override("min_radius", "Shortest move, metres", NOT_NEGATIVE),
        override("max_radius", "Longest move, metres", NOT_NEGATIVE),
        override("min_elev_deg", "Lowest direction, degrees", ANGLE),
        override("max_elev_deg", "Highest direction, degrees", ANGLE),
        override(
            "delta_azimuth_deg",
            "Width of the fan, degrees",
            new ValueRange(0, false, 360, List.of())),
        override("kappa", "Concentration of directions", NOT_NEGATIVE),
        override("view_max_angle_deg", "Jitter of yaw and pitch, degrees", NOT_NEGATIVE),
        override("view_max_azimuth_deg", "Yaw jitter, degrees", NOT_NEGATIVE),
        override("view_max_elevation_deg", "Pitch jitter, degrees", NOT_NEGATIVE),
        override("view_roll_jitter_deg", "Roll jitter, degrees", NOT_NEGATIVE),
        optional(
                CANDIDATE,
                EACH + "view_sampling_strategy",
                TEXT,
                null,
                "Distribution of viewing directions; inherited if absent")
            .in(SAMPLERS),
        override("view_kappa", "Concentration of viewing directions", NOT_NEGATIVE));
  }

  private static ConfigKey override(String name, String meaning, ValueRange range) {
    return optional(CANDIDATE, EACH + name, NUMBER, null, meaning + "; inherited if absent")
        .in(range);
  }
}
