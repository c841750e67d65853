package org.nbvrollouts.jobs.config;

import java.util.ArrayList;
import java.util.List;

/** Finds values that are allowed together and hardly meant together. */
final class ConfigWarnings {
  private static final String BASE = "candidate_mixture.base.";
  private static final String LEAST_VALID = "min_valid_root_candidates";

  private final ConfigTable table;
  private final List<String> warnings = new ArrayList<>();

  private ConfigWarnings(ConfigTable table) {
    this.table = table;
  }

  /** One sentence per finding, each beginning with the key, in the order of the components. */
  static List<String> of(ConfigTable table) {
    ConfigWarnings warnings = new ConfigWarnings(table);
    InheritedKeys base = InheritedKeys.of(table, BASE);
    for (ConfigTable component : table.tables(CandidateKeys.COMPONENTS)) {
      warnings.component(base.overriddenBy(component, CandidateKeys.COMPONENTS + "[]."));
    }
    warnings.gate();
    return List.copyOf(warnings.warnings);
  }

  private void component(InheritedKeys keys) {
    double yaw = cap(keys, "view_max_azimuth_deg");
    double pitch = cap(keys, "view_max_elevation_deg");
    if (keys.value("view_sampling_strategy") != null && (yaw > 0 || pitch > 0)) {
      warn(keys, "view_sampling_strategy", "has no effect while a jitter cap is above 0");
    }
    if (!table.flag(BASE + "enforce_motion_realism")) {
      return;
    }
    Object mostYaw = table.value(BASE + "max_yaw_delta_deg");
    if (mostYaw != null && yaw > (Double) mostYaw) {
      warn(
          keys,
          "view_max_azimuth_deg",
          "is " + yaw + ": jitter alone can exceed max_yaw_delta_deg, which is " + mostYaw);
    }
    Object mostStep = table.value(BASE + "max_step_distance_m");
    boolean isOrbit = "target_orbit".equals(keys.value("position_mode"));
    if (mostStep != null && !isOrbit && keys.number("min_radius") > (Double) mostStep) {
      warn(
          keys,
          "min_radius",
          "is "
              + keys.number("min_radius")
              + ": every move exceeds max_step_distance_m, which is "
              + mostStep);
    }
  }

  private static double cap(InheritedKeys keys, String name) {
    return keys.value(name) == null ? keys.number("view_max_angle_deg") : keys.number(name);
  }

  private void warn(InheritedKeys keys, String name, String what) {
    warnings.add(keys.path(name) + " of " + keys.value("name") + " " + what);
  }

  private void gate() {
    long size =
        table.tables(CandidateKeys.COMPONENTS).stream()
            .mapToLong(component -> component.integer("count"))
            .sum();
    if (table.integer(LEAST_VALID) > size) {
      warnings.add(
          LEAST_VALID
              + " is "
              + table.integer(LEAST_VALID)
              + ": a node has only "
              + size
              + " candidates, so every recipe is skipped");
    }
  }
}
