package org.nbvrollouts.pipeline.rollout;

import java.util.List;
import java.util.Optional;

/**
 * What became of one source row, with every skip and its reason, ready for {@code source_outcomes}
 * (specification campaign C-7). Reasons are the texts of specification generation 9.
 *
 * @param skipReason why the whole row was skipped, or empty
 * @param rootCloud where the root reconstruction came from, or empty when none was needed
 * @param targets per selected target in selection order
 */
public record SampleOutcome(
    String sampleKey,
    Optional<String> skipReason,
    Optional<RootCloudChoice> rootCloud,
    List<TargetOutcome> targets) {

  public SampleOutcome {
    targets = List.copyOf(targets);
  }

  /**
   * The root cloud of a row (specification generation 6.1).
   *
   * @param source name of the procedure
   * @param points number of fused points
   */
  public record RootCloudChoice(String source, int points) {}

  /**
   * What became of one target.
   *
   * @param rank position among the selected targets
   * @param skipReason why the whole target was skipped, or empty
   * @param detail what exactly was missing, empty when nothing was
   * @param recipes per recipe in configuration order; empty when the target was skipped
   */
  public record TargetOutcome(
      int rank,
      String targetId,
      Optional<String> skipReason,
      String detail,
      List<RecipeOutcome> recipes) {

    public TargetOutcome {
      recipes = List.copyOf(recipes);
    }
  }

  /**
   * What became of one recipe of a target.
   *
   * @param rollouts number of retained chains, 0 when skipped
   * @param skipReason why the recipe was skipped, or empty
   * @param detail what exactly was missing, empty when nothing was
   */
  public record RecipeOutcome(
      String recipe, int rollouts, Optional<String> skipReason, String detail) {}
}
