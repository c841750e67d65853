package org.nbvrollouts.jobs.config;

import static org.nbvrollouts.jobs.config.ConfigKey.key;
import static org.nbvrollouts.jobs.config.ConfigKey.optional;
import static org.nbvrollouts.jobs.config.ConfigKey.required;
import static org.nbvrollouts.jobs.config.ConfigType.FLAG;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGER;
import static org.nbvrollouts.jobs.config.ConfigType.INTEGERS;
import static org.nbvrollouts.jobs.config.ConfigType.LONG;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBER;
import static org.nbvrollouts.jobs.config.ConfigType.NUMBERS;
import static org.nbvrollouts.jobs.config.ConfigType.TEXT;
import static org.nbvrollouts.jobs.config.KeyRole.ROLLOUT;

import java.util.List;
import java.util.stream.Stream;
import org.nbvrollouts.pipeline.policy.SelectionPolicy;

/** Keys of recipes (specification generation 7 and 8). */
final class RecipeKeys {
  private static final String RECIPE = WriterKeys.RECIPES + "[].";
  private static final ValueRange COUNT = ValueRange.atLeast(1);
  private static final ValueRange NOT_NEGATIVE = ValueRange.atLeast(0);
  private static final ValueRange HALF_TURN = ValueRange.between(0, 180);

  private RecipeKeys() {}

  static List<ConfigKey> keys() {
    return Stream.of(recipes(), sampling(), guards()).flatMap(List::stream).toList();
  }

  private static List<ConfigKey> recipes() {
    return List.of(
        required(ROLLOUT, RECIPE + "name", TEXT, "Name of the recipe, unique"),
        required(ROLLOUT, RECIPE + "selection_policy", TEXT, "How candidates are chosen")
            .in(ValueRange.oneOf(SelectionPolicy.names())),
        key(ROLLOUT, RECIPE + "horizon", INTEGER, 2L, "Steps").in(COUNT),
        key(ROLLOUT, RECIPE + "branch_factor", INTEGER, 1L, "Choices per node").in(COUNT),
        optional(ROLLOUT, RECIPE + "beam_width", INTEGER, null, "Chains kept after each step")
            .in(COUNT),
        optional(
                ROLLOUT,
                RECIPE + "branch_factor_schedule",
                INTEGERS,
                null,
                "Choices per node by step; the last one repeats")
            .in(COUNT),
        optional(
                ROLLOUT,
                RECIPE + "stochastic_branch_factors",
                INTEGERS,
                null,
                "Numbers of choices to draw from")
            .in(COUNT),
        optional(
                ROLLOUT,
                RECIPE + "stochastic_branch_probabilities",
                NUMBERS,
                null,
                "Their probabilities; uniform if absent")
            .in(NOT_NEGATIVE),
        key(
                ROLLOUT,
                RECIPE + "selection_temperature",
                NUMBER,
                1.0,
                "Temperature of temperature_softmax")
            .in(ValueRange.above(0)),
        key(ROLLOUT, RECIPE + "seed", LONG, 0L, "Seed of the choices").in(NOT_NEGATIVE));
  }

  private static List<ConfigKey> sampling() {
    return List.of(
        key(
            ROLLOUT,
            RECIPE + "robust_temperature_logits",
            FLAG,
            true,
            "Scale scores by median and spread before the softmax"),
        optional(
                ROLLOUT,
                RECIPE + "proposal_seed",
                LONG,
                null,
                "Seed of the candidate tables of this recipe; candidate_mixture.base.seed if absent")
            .in(NOT_NEGATIVE),
        key(
                ROLLOUT,
                RECIPE + "proposal_replica",
                INTEGER,
                0L,
                "Repetition of the candidate tables; recipes with equal seed and repetition share"
                    + " them. Not with seed_mode seed-once, which has no second table")
            .in(NOT_NEGATIVE));
  }

  private static List<ConfigKey> guards() {
    return List.of(
        guard(
            "min_history_distance_m",
            "Least distance of a choice to every earlier centre of the chain, metres",
            NOT_NEGATIVE),
        guard(
            "min_sibling_distance_m",
            "Least distance between choices of a node, metres",
            NOT_NEGATIVE),
        guard(
            "min_sibling_yaw_deg",
            "Least horizontal angle between the views of choices of a node, degrees",
            HALF_TURN),
        guard(
            "min_sibling_target_bearing_deg",
            "Least horizontal angle between the bearings of the target from choices of a node,"
                + " degrees",
            HALF_TURN),
        key(
            ROLLOUT,
            RECIPE + "require_sibling_strategy_diversity",
            FLAG,
            false,
            "Choices of a node come from different view strategies"));
  }

  private static ConfigKey guard(String name, String meaning, ValueRange range) {
    return key(ROLLOUT, RECIPE + name, NUMBER, 0.0, meaning + "; 0 tests nothing").in(range);
  }
}
