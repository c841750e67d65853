package org.nbvrollouts.jobs.config;

import java.util.Optional;
import org.nbvrollouts.pipeline.candidate.CandidateBaseConfig;
import org.nbvrollouts.pipeline.candidate.CandidateComponentConfig;
import org.nbvrollouts.pipeline.candidate.CandidateMixtureConfig;
import org.nbvrollouts.pipeline.candidate.CandidateRulesConfig;
import org.nbvrollouts.pipeline.candidate.DirectionSampling;
import org.nbvrollouts.pipeline.candidate.MotionBounds;
import org.nbvrollouts.pipeline.candidate.PathRule;
import org.nbvrollouts.pipeline.candidate.SeedMode;
import org.nbvrollouts.pipeline.candidate.ShellConfig;
import org.nbvrollouts.pipeline.candidate.ShellOverrides;
import org.nbvrollouts.pipeline.candidate.ViewJitterConfig;
import org.nbvrollouts.pipeline.candidate.ViewJitterOverrides;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;

/** Makes the candidate mixture from {@code candidate_mixture}. */
final class CandidateBinder {
  private static final String BASE = "candidate_mixture.base.";

  private final ConfigTable table;

  CandidateBinder(ConfigTable table) {
    this.table = table;
  }

  CandidateMixtureConfig mixture() {
    return new CandidateMixtureConfig(
        base(),
        table.tables(CandidateKeys.COMPONENTS).stream().map(CandidateBinder::component).toList());
  }

  private CandidateBaseConfig base() {
    return new CandidateBaseConfig(
        table.text(BASE + "camera_label"),
        table.flag(BASE + "align_to_gravity"),
        shell(),
        PositionFamily.ofKey(table.text(BASE + "position_mode")),
        view(),
        rules(),
        table.optionalCount(BASE + "reference_frame_index"),
        table.integer(BASE + "seed"),
        SeedMode.ofKey(table.text(BASE + "seed_mode")));
  }

  private ShellConfig shell() {
    return new ShellConfig(
        table.number(BASE + "min_radius"),
        table.number(BASE + "max_radius"),
        table.number(BASE + "min_elev_deg"),
        table.number(BASE + "max_elev_deg"),
        table.number(BASE + "delta_azimuth_deg"),
        DirectionSampling.ofKey(table.text(BASE + "sampling_strategy")),
        table.number(BASE + "kappa"));
  }

  private ViewJitterConfig view() {
    return new ViewJitterConfig(
        table.number(BASE + "view_max_angle_deg"),
        table.optionalNumber(BASE + "view_max_azimuth_deg"),
        table.optionalNumber(BASE + "view_max_elevation_deg"),
        table.number(BASE + "view_roll_jitter_deg"),
        sampling(table, BASE + "view_sampling_strategy"),
        table.optionalNumber(BASE + "view_kappa"));
  }

  private CandidateRulesConfig rules() {
    return new CandidateRulesConfig(
        table.flag(BASE + "ensure_free_space"),
        table.flag(BASE + "enforce_motion_realism"),
        new MotionBounds(
            table.optionalNumber(BASE + "max_step_distance_m"),
            table.optionalNumber(BASE + "max_height_delta_m"),
            table.optionalNumber(BASE + "max_backward_step_m"),
            table.optionalNumber(BASE + "max_yaw_delta_deg")),
        table.number(BASE + "min_distance_to_mesh"),
        table.flag(BASE + "ensure_collision_free"),
        PathRule.ofKey(table.text(BASE + "path_rule")),
        table.count(BASE + "ray_subsample"),
        table.number(BASE + "step_clearance"));
  }

  private static CandidateComponentConfig component(ConfigTable component) {
    return new CandidateComponentConfig(
        component.text("name"),
        component.count("count"),
        ViewStrategy.ofKey(component.text("view_mode")),
        component.optionalText("position_mode").map(PositionFamily::ofKey),
        new ShellOverrides(
            component.optionalNumber("min_radius"),
            component.optionalNumber("max_radius"),
            component.optionalNumber("min_elev_deg"),
            component.optionalNumber("max_elev_deg"),
            component.optionalNumber("delta_azimuth_deg"),
            component.optionalNumber("kappa")),
        new ViewJitterOverrides(
            component.optionalNumber("view_max_angle_deg"),
            component.optionalNumber("view_max_azimuth_deg"),
            component.optionalNumber("view_max_elevation_deg"),
            component.optionalNumber("view_roll_jitter_deg"),
            sampling(component, "view_sampling_strategy"),
            component.optionalNumber("view_kappa")));
  }

  private static Optional<DirectionSampling> sampling(ConfigTable table, String path) {
    return table.optionalText(path).map(DirectionSampling::ofKey);
  }
}
