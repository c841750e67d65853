package org.nbvrollouts.pipeline.rollout;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.rollout.RolloutResult;
import org.nbvrollouts.store.rollout.RolloutStepRecord;
import org.nbvrollouts.store.rollout.RolloutTrajectory;
import org.nbvrollouts.store.rollout.RolloutZarrRecord;
import org.nbvrollouts.store.source.SampleIdentity;

/** Turns the chains of a target and recipe into the record that a store keeps. */
final class RecordAssembler {
  private static final String SOFTMAX = "temperature_softmax";

  private final RolloutGenerationConfig config;
  private final SampleIdentity sample;
  private final RootFacts root;
  private final String meshVersion;
  private final GenerationLineage generation;

  RecordAssembler(
      RolloutGenerationConfig config,
      SampleIdentity sample,
      RootFacts root,
      String meshVersion,
      GenerationLineage generation) {
    this.config = config;
    this.sample = sample;
    this.root = root;
    this.meshVersion = meshVersion;
    this.generation = generation;
  }

  /** The record of the retained chains. Depth is rendered once per node that chains share. */
  RolloutZarrRecord assemble(
      SelectedTarget target, RolloutRecipeConfig recipe, List<Chain> chains, TargetNodes nodes) {
    IdentityHashMap<Chain.Choice, RolloutStepRecord> known = new IdentityHashMap<>();
    List<RolloutTrajectory> trajectories =
        chains.stream().map(chain -> trajectory(chain, recipe, nodes, known)).toList();
    RolloutResult result =
        new RolloutResult(
            root.worldFromCamera(),
            trajectories,
            recipe.horizon(),
            recipe.branching().branchFactor(),
            recipe.beamWidth(),
            recipe.selectionPolicy(),
            root.timeNs(),
            root.trajectoryIndex(),
            root.trajectoryIndex());
    return new RolloutZarrRecord(result, lineage(target, recipe), idPrefix(target, recipe));
  }

  private String idPrefix(SelectedTarget target, RolloutRecipeConfig recipe) {
    return String.format(
        Locale.ROOT,
        "%08d-target-%02d-%s",
        sample.sampleIndex(),
        target.actor().rank(),
        recipe.name());
  }

  private RolloutTrajectory trajectory(
      Chain chain,
      RolloutRecipeConfig recipe,
      TargetNodes nodes,
      IdentityHashMap<Chain.Choice, RolloutStepRecord> known) {
    List<RolloutStepRecord> steps =
        chain.steps().stream()
            .map(choice -> known.computeIfAbsent(choice, missing -> step(missing, recipe, nodes)))
            .toList();
    return new RolloutTrajectory(steps, chain.isTerminatedEarly(), chain.cumulativeRri());
  }

  private RolloutStepRecord step(
      Chain.Choice choice, RolloutRecipeConfig recipe, TargetNodes nodes) {
    NodeExpansion node = choice.node();
    int validIndex = choice.draw().index();
    Map<String, Double> selected = new LinkedHashMap<>();
    node.metrics().forEach((name, values) -> selected.put(name, values.at(validIndex)));
    boolean isSoftmax = recipe.selectionPolicy().equals(SOFTMAX);
    return new RolloutStepRecord(
        choice.child().shellIndices().size() - 1,
        node.candidates(),
        node.validRows().at(validIndex),
        validIndex,
        recipe.policy().ownScore().orElse(config.targetScorer().rewardMode().scoreLabel()),
        recipe.selectionPolicy(),
        isSoftmax ? OptionalDouble.of(recipe.selectionTemperature()) : OptionalDouble.empty(),
        Optional.of(choice.draw().distribution()),
        node.metrics(),
        selected,
        config.selectedDepth().enabled()
            ? Optional.of(nodes.selectedDepth(choice.child()))
            : Optional.empty(),
        node.evalCrops());
  }

  private RolloutLineage lineage(SelectedTarget target, RolloutRecipeConfig recipe) {
    RolloutLineageBuilder lineage =
        new RolloutLineageBuilder()
            .rolloutId(idPrefix(target, recipe))
            .sceneId(sample.sceneId())
            .snippetId(sample.snippetId())
            .split(sample.split())
            .sourceRowId(sample.sampleIndex())
            .sourceSampleIndex(sample.sampleIndex())
            .sourceSampleKey(sample.sampleKey())
            .sourceShardId(sample.sourceShardId())
            .sourceShardRow(sample.sourceShardRow())
            .meshVersion(meshVersion)
            .candidateConfigHash(generation.candidateConfigHash())
            .oracleConfigHash(generation.oracleConfigHash())
            .rolloutConfigHash(generation.rolloutConfigHash())
            .sourceCacheVersion(generation.sourceCacheVersion())
            .sourceOfflineStoreManifestHash(generation.sourceManifestHash())
            .splitManifestHash(generation.splitManifestHash())
            .randomSeed(recipe.seed())
            .rolloutPolicy(recipe.selectionPolicy())
            .branchScheduleId(recipe.name())
            .selectionRngStateHash(
                config.candidateMixture().base().seedMode().rule()
                    + ":"
                    + recipe.seed()
                    + ":split-manifest:"
                    + generation.splitManifestHash())
            .targetProtocolVersion(config.targetProtocolVersion())
            .targetCropPolicy(TargetScorerConfig.TARGET_CROP_POLICY);
    target.describeTo(lineage);
    return lineage.build();
  }
}
