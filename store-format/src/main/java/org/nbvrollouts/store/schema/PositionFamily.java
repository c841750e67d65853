package org.nbvrollouts.store.schema;

import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;

/** Where a candidate stands; stored as {@code position_id} (specification generation 4.1). */
public enum PositionFamily {
  UPPER_BOUND_FREE_SHELL(0, "upper_bound_free_shell", "anywhere in the shell around the reference"),
  FORWARD_LOCAL(1, "forward_local", "ahead of the rig"),
  TARGET_BEARING_LOCAL(2, "target_bearing_local", "towards the target"),
  LATERAL_TARGET_BYPASS(3, "lateral_target_bypass", "past the target, to one side"),
  LOCAL_REFINEMENT(4, "local_refinement", "a short move ahead"),
  REVISIT_BACKTRACK(5, "revisit_backtrack", "back"),
  TARGET_ORBIT(6, "target_orbit", "on the circle around the target");

  private final int id;
  private final String key;
  private final String meaning;

  PositionFamily(int id, String key, String meaning) {
    this.id = id;
    this.key = key;
    this.meaning = meaning;
  }

  /** Stored id. */
  public int id() {
    return id;
  }

  /** Name in configuration files and dictionaries. */
  public String key() {
    return key;
  }

  /** What it says, in a few words. */
  public String meaning() {
    return meaning;
  }

  /** The family of a configuration name; refuses other names. */
  public static PositionFamily ofKey(String key) {
    for (PositionFamily family : values()) {
      if (family.key.equals(key)) {
        return family;
      }
    }
    throw new RefusedInputException(
        "Invalid position_mode: " + key + " (expected the name of a position family)");
  }

  /** The family with this stored id, or empty if none is assigned. */
  public static Optional<PositionFamily> of(int id) {
    for (PositionFamily family : values()) {
      if (family.id == id) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /**
   * Name of a stored id (specification store 3.4); a negative one reads {@code unknown}, an
   * unassigned one {@code position_<id>}.
   */
  public static String decodePositionId(int id) {
    return id < 0 ? "unknown" : of(id).map(PositionFamily::key).orElse("position_" + id);
  }
}
