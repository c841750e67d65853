package org.nbvrollouts.pipeline.policy;

import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * What choices should keep away from (specification generation 7.5). Guards are wishes: a node that
 * cannot meet them is still expanded, see {@link SelectionPolicy#select}. A bound of 0 tests
 * nothing; a choice that meets a bound exactly is admitted.
 *
 * @param minHistoryDistanceMetres to every place the camera has been, the current one included
 * @param minSiblingDistanceMetres between choices of a node
 * @param minSiblingYawDegrees horizontal angle between the forward axes of choices of a node
 * @param minSiblingTargetBearingDegrees horizontal angle between the directions in which choices of
 *     a node see the target
 * @param requireSiblingStrategyDiversity choices of a node have different view strategies
 */
public record SiblingGuards(
    double minHistoryDistanceMetres,
    double minSiblingDistanceMetres,
    double minSiblingYawDegrees,
    double minSiblingTargetBearingDegrees,
    boolean requireSiblingStrategyDiversity) {

  /** Nothing is guarded. */
  public static final SiblingGuards NONE = new SiblingGuards(0, 0, 0, 0, false);

  private static final double HALF_TURN_DEGREES = 180;

  public SiblingGuards {
    ConfigCheck.atLeast("min_history_distance_m", minHistoryDistanceMetres, 0);
    ConfigCheck.atLeast("min_sibling_distance_m", minSiblingDistanceMetres, 0);
    ConfigCheck.within("min_sibling_yaw_deg", minSiblingYawDegrees, 0, HALF_TURN_DEGREES);
    ConfigCheck.within(
        "min_sibling_target_bearing_deg", minSiblingTargetBearingDegrees, 0, HALF_TURN_DEGREES);
  }
}
