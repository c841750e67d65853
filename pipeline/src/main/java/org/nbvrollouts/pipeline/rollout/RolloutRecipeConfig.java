package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.pipeline.policy.LogitScaling;
import org.nbvrollouts.pipeline.policy.SelectionPolicy;
import org.nbvrollouts.pipeline.policy.SiblingGuards;

/**
 * One way to follow a target (specification generation 7 and 8).
 *
 * @param name stored as branch schedule and part of every rollout id
 * @param selectionPolicy configuration name of the policy
 * @param horizon most steps of a chain
 * @param branching children per expanded node
 * @param beamWidth chains kept after each step, all when empty
 * @param selectionTemperature of softmax policies
 * @param logitScaling how softmax policies turn scores into logits
 * @param seed of choices; candidate tables do not depend on it
 * @param proposals where candidate tables come from
 * @param guards what choices keep away from
 */
public record RolloutRecipeConfig(
    String name,
    String selectionPolicy,
    int horizon,
    BranchingConfig branching,
    OptionalInt beamWidth,
    double selectionTemperature,
    LogitScaling logitScaling,
    long seed,
    ProposalStream proposals,
    SiblingGuards guards) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

  public RolloutRecipeConfig {
    checkName(name);
    ConfigCheck.atLeast("horizon", horizon, 1);
    beamWidth.ifPresent(width -> ConfigCheck.atLeast("beam_width", width, 1));
    ConfigCheck.greaterThan("selection_temperature", selectionTemperature, 0);
    ConfigCheck.atLeast("seed", seed, 0);
    SelectionPolicy.of(selectionPolicy, selectionTemperature, logitScaling, guards);
  }

  /** A recipe with horizon 2, one child per node, no beam, temperature 1 and seed 0. */
  public static RolloutRecipeConfig of(String name, String selectionPolicy) {
    return new RolloutRecipeConfig(
        name,
        selectionPolicy,
        2,
        BranchingConfig.constant(1),
        OptionalInt.empty(),
        1,
        LogitScaling.ROBUST,
        0,
        ProposalStream.DEFAULT,
        SiblingGuards.NONE);
  }

  /** The four recipes of the specification (7.8). */
  public static List<RolloutRecipeConfig> defaultSuite() {
    return List.of(
        of("random_valid", "random_valid"),
        of("oracle_greedy", "oracle_greedy"),
        of("oracle_lookahead", "oracle_greedy").withBeam(2),
        of("temperature_softmax", "temperature_softmax").withBeam(2));
  }

  /** This recipe with {@code width} children per node and as many retained chains. */
  public RolloutRecipeConfig withBeam(int width) {
    return new RolloutRecipeConfig(
        name,
        selectionPolicy,
        horizon,
        BranchingConfig.constant(width),
        OptionalInt.of(width),
        selectionTemperature,
        logitScaling,
        seed,
        proposals,
        guards);
  }

  /** Refuses names that do not fit into the ids of rollouts. */
  public static void checkName(String name) {
    if (name == null || !NAME.matcher(name).matches()) {
      throw ConfigCheck.invalid(
          "name", name, "letters, digits, '.', '_' and '-', starting with a letter or digit");
    }
  }

  /** Repetition of the candidate tables. */
  public int proposalReplica() {
    return proposals.replica();
  }

  /** The policy this recipe chooses with. */
  SelectionPolicy policy() {
    return SelectionPolicy.of(selectionPolicy, selectionTemperature, logitScaling, guards);
  }
}
