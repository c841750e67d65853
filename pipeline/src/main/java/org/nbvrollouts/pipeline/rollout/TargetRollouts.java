package org.nbvrollouts.pipeline.rollout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nbvrollouts.pipeline.oracle.TargetFailure;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.source.TriangleMesh;

/** The gates and recipes of the targets of a row (specification generation 3.6 and 9). */
final class TargetRollouts {
  private final RolloutGenerationConfig config;
  private final SampleContext sample;
  private final TriangleMesh mesh;
  private final VoxelFusion fusion;
  private final RecordAssembler assembler;
  private final OutcomeCollector outcome;

  TargetRollouts(
      RolloutGenerationConfig config,
      SampleContext sample,
      TriangleMesh mesh,
      VoxelFusion fusion,
      RecordAssembler assembler,
      OutcomeCollector outcome) {
    this.config = config;
    this.sample = sample;
    this.mesh = mesh;
    this.fusion = fusion;
    this.assembler = assembler;
    this.outcome = outcome;
  }

  /** Runs every recipe on every target that passes the gates, in selection order. */
  void run(List<SelectedTarget> targets) {
    int productive = 0;
    for (SelectedTarget target : targets) {
      outcome.targetSelected();
      boolean isFull =
          config.maxTargetsPerSample().isPresent()
              && productive >= config.maxTargetsPerSample().getAsInt();
      if (isFull) {
        outcome.skipTarget(target, SkipReason.MAX_TARGETS_PER_SAMPLE, "");
      } else if (config.requireLabelValid() && !target.match().isLabelValid()) {
        outcome.skipTargetWithoutLabel(target);
      } else if (runTarget(target)) {
        productive++;
      }
    }
  }

  /** Runs every recipe; true if at least one produced a record. */
  private boolean runTarget(SelectedTarget target) {
    Optional<OracleTarget> truth = target.oracle();
    if (truth.isEmpty()) {
      outcome.skipUnscorableTarget(
          target, TargetFailure.TARGET_GT_UNMATCHED, "no matched true box");
      return false;
    }
    TargetNodes nodes;
    try {
      long mark = sample.clock().start();
      TargetOracle oracle = TargetOracle.of(config.targetScorer(), fusion, truth.get(), mesh);
      sample.clock().stop(Stage.TARGET_SCORE, mark);
      nodes = new TargetNodes(sample, target.actor(), oracle);
    } catch (UnscorableTargetException e) {
      outcome.skipUnscorableTarget(target, e.failure(), e.getMessage());
      return false;
    }
    List<SampleOutcome.RecipeOutcome> recipes = new ArrayList<>();
    for (RolloutRecipeConfig recipe : config.recipes()) {
      recipes.add(runRecipe(target, recipe, nodes));
    }
    outcome.target(target, recipes);
    return recipes.stream().anyMatch(recipe -> recipe.skipReason().isEmpty());
  }

  private SampleOutcome.RecipeOutcome runRecipe(
      SelectedTarget target, RolloutRecipeConfig recipe, TargetNodes nodes) {
    try {
      int validRoots = nodes.expansion(NodePath.root(recipe.proposals())).validCount();
      if (validRoots > 0 && validRoots < config.minValidRootCandidates()) {
        return outcome.skipRecipe(
            recipe,
            SkipReason.lowValidRootCandidates(validRoots, config.minValidRootCandidates()),
            "");
      }
      List<Chain> chains = new RolloutEngine(recipe, nodes, sample.clock()).chains();
      boolean hasNoRootStep = chains.stream().anyMatch(chain -> chain.steps().isEmpty());
      if (hasNoRootStep && config.minValidRootCandidates() > 0) {
        return outcome.skipRecipe(recipe, SkipReason.missingRootStep(), "");
      }
      return outcome.record(recipe, assembler.assemble(target, recipe, chains, nodes));
    } catch (UnscorableTargetException e) {
      return outcome.skipRecipe(
          recipe, SkipReason.recipe(recipe.name(), e.failure().name()), e.getMessage());
    }
  }
}
