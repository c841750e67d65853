package org.nbvrollouts.store.schema;

import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;

/** Where a candidate stands; stored as {@code position_id} (specification generation 4.1). */
public enum PositionFamily {
  UPPER_BOUND_FREE_SHELL(0, "upper_bound_free_shell"),
  FORWARD_LOCAL(1, "forward_local"),
  TARGET_BEARING_LOCAL(2, "target_bearing_local"),
  LATERAL_TARGET_BYPASS(3, "lateral_target_bypass"),
  LOCAL_REFINEMENT(4, "local_refinement"),
  REVISIT_BACKTRACK(5, "revisit_backtrack"),
  TARGET_ORBIT(6, "target_orbit");

  private final int id;
  private final String key;

  PositionFamily(int id, String key) {
    this.id = id;
    this.key = key;
  }

  /** Stored id. */
  public int id() {
    return id;
  }

  /** Name in configuration files and dictionaries. */
  public String key() {
    return key;
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
   * Name of a stored id (specification store 3.4); −1 reads {@code unknown}, an unassigned id
   * {@code position_<id>}.
   */
  public static String decodePositionId(int id) {
    return id == -1 ? "unknown" : of(id).map(PositionFamily::key).orElse("position_" + id);
  }
}
