package org.nbvrollouts.store.schema;

import java.util.Optional;
import org.nbvrollouts.store.error.RefusedInputException;

/** Where a candidate looks; stored as {@code strategy_id} (specification generation 4.1). */
public enum ViewStrategy {
  FORWARD_RIG(0, "forward_rig", "where the rig looks"),
  RADIAL_AWAY(1, "radial_away", "away from the reference"),
  RADIAL_TOWARDS(2, "radial_towards", "back at the reference"),
  TARGET_POINT(3, "target_point", "at the centre of the target");

  private final int id;
  private final String key;
  private final String meaning;

  ViewStrategy(int id, String key, String meaning) {
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

  /** The strategy of a configuration name; refuses other names. */
  public static ViewStrategy ofKey(String key) {
    for (ViewStrategy strategy : values()) {
      if (strategy.key.equals(key)) {
        return strategy;
      }
    }
    throw new RefusedInputException(
        "Invalid view_mode: " + key + " (expected the name of a view strategy)");
  }

  /** The strategy with this stored id, or empty if none is assigned. */
  public static Optional<ViewStrategy> of(int id) {
    for (ViewStrategy strategy : values()) {
      if (strategy.id == id) {
        return Optional.of(strategy);
      }
    }
    return Optional.empty();
  }

  /**
   * Name of a stored id (specification store 3.4); a negative one reads {@code unknown}, an
   * unassigned one {@code strategy_<id>}.
   */
  public static String decodeStrategyId(int id) {
    return id < 0 ? "unknown" : of(id).map(ViewStrategy::key).orElse("strategy_" + id);
  }
}
