package org.nbvrollouts.jobs.replay;

import java.util.List;
import java.util.Optional;
import org.nbvrollouts.jobs.origin.ChainOrigin;
import org.nbvrollouts.jobs.origin.StoreOrigin;
import org.nbvrollouts.jobs.origin.StoredChain;
import org.nbvrollouts.jobs.origin.StoredStep;
import org.nbvrollouts.pipeline.reference.ReferenceNode;
import org.nbvrollouts.pipeline.replay.ReplayProgress;
import org.nbvrollouts.pipeline.replay.ReplayedChain;
import org.nbvrollouts.pipeline.replay.RolloutReplay;
import org.nbvrollouts.pipeline.replay.SceneReplay;
import org.nbvrollouts.pipeline.replay.TargetReplay;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.pipeline.target.OracleTargetSamplerConfig;
import org.nbvrollouts.pipeline.target.SelectedTarget;
import org.nbvrollouts.store.error.InvalidContentException;

/**
 * Recomputes stored rollouts from their source on the slow path and compares every stored number
 * with it. Nothing is taken from the store but which rollout it is. Rollouts of one row and target
 * that follow each other share what they have in common. For one thread at a time.
 */
public final class StoreReplay {
  private final ReplayProgress progress;
  private SceneKey sceneKey;
  private SceneReplay scene;
  private TargetKey targetKey;
  private RolloutReplay rollouts;

  private SelectedTarget target;

  /** The row that was replayed last; hashes stand for source and configuration. */
  private record SceneKey(String sourceHash, String configHash, long sampleIndex) {}

  private record TargetKey(SceneKey scene, String targetId) {}

  /**
   * Replays rollouts.
   *
   * @param progress is told what is being done
   */
  public StoreReplay(ReplayProgress progress) {
    this.progress = progress;
  }

  /**
   * Recomputes and compares one rollout.
   *
   * @param row of the rollout in the store
   * @throws org.nbvrollouts.store.error.RefusedInputException if the source is not the one the
   *     store was made from, or the configuration asks for what replay does not cover
   */
  public ReplayReport replay(StoreOrigin store, int row) {
    StoredChain stored = store.chain(row);
    ChainOrigin origin = store.origin(stored);
    RolloutRecipeConfig recipe = origin.recipe();
    boolean isSceneCompared =
        origin.config().writer().generation().targetScorer().includeSceneRri();
    progress.begin(RolloutReplay.mostNodes(recipe) + (isSceneCompared ? stored.steps().size() : 0));
    prepare(origin);
    Comparison comparison = new Comparison();
    int chainId = chainId(stored, recipe);
    Optional<List<ReplayedChain>> chains = rollouts.chains(recipe);
    int found = chains.map(List::size).orElse(0);
    if (chainId < found) {
      compare(comparison, store, new Replayed(stored, origin, chains.get().get(chainId), chainId));
    } else {
      comparison.size("rollouts", "recipe " + recipe.name(), chainId + 1L, found);
    }
    return new ReplayReport(
        store.reader().location(),
        stored.id(),
        stored.steps().size(),
        comparison.compared(),
        comparison.differences());
  }

  private record Replayed(
      StoredChain stored, ChainOrigin origin, ReplayedChain chain, int chainId) {}

  private void prepare(ChainOrigin origin) {
    SceneKey key =
        new SceneKey(
            origin.entry().sourceManifestHash(),
            origin.config().hashes().writer(),
            origin.sample().identity().sampleIndex());
    if (!key.equals(sceneKey)) {
      progress.doing("logged frames");
      scene =
          new SceneReplay(origin.config().writer().generation(), origin.sample(), origin.mesh());
      sceneKey = key;
    }
    TargetKey newTarget = new TargetKey(key, origin.target().actor().targetId());
    if (!newTarget.equals(targetKey)) {
      target = target(origin);
      rollouts =
          new RolloutReplay(
              origin.config().writer().generation(),
              scene,
              target.actor(),
              target.oracle().orElseThrow(),
              progress);
      targetKey = newTarget;
    }
  }

  /**
   * The target, taken from the true boxes a second time; targets that a detector gave are selected
   * again by the selector of generation.
   */
  private static SelectedTarget target(ChainOrigin origin) {
    if (!(origin.config().writer().generation().targetSource()
        instanceof OracleTargetSamplerConfig sampler)) {
      return origin.target();
    }
    String id = origin.target().actor().targetId();
    return TargetReplay.targets(sampler, origin.sample()).stream()
        .filter(found -> found.actor().targetId().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidContentException(
                    "Cannot replay: the source row does not give this target (target="
                        + id
                        + ", sample="
                        + origin.sample().identity().sampleKey()
                        + ")"));
  }

  /** The number at the end of the id, which a store cannot change without being found out. */
  private static int chainId(StoredChain stored, RolloutRecipeConfig recipe) {
    String id = stored.id();
    int end = id.lastIndexOf('-');
    String number = end < 0 ? "" : id.substring(end + 1);
    return number.matches("[0-9]{1,9}") && id.contains("-" + recipe.name() + "-")
        ? Integer.parseInt(number)
        : Math.toIntExact(stored.rollout().integer("chain_id"));
  }

  private void compare(Comparison comparison, StoreOrigin store, Replayed replayed) {
    StoredChain stored = replayed.stored();
    ReplayedChain chain = replayed.chain();
    ChainOrigin origin = replayed.origin();
    new TargetTable(comparison, stored.target(), target).compare();
    comparison.size(
        "steps", "rollout " + stored.rollout().row(), stored.steps().size(), chain.steps().size());
    int steps = Math.min(stored.steps().size(), chain.steps().size());
    boolean isTrainable = TargetTable.isTrainable(target);
    StepTables tables =
        new StepTables(comparison, origin, isTrainable, scene.root().worldFromCamera());
    ViewTable views =
        new ViewTable(
            comparison, stored, origin.config().writer().store().discountGamma(), isTrainable);
    ChainSums sums = new ChainSums();
    for (int index = 0; index < steps; index++) {
      StepTables.Recomputed recomputed = recompute(replayed, index);
      int selected = recomputed.step().draw().index();
      sums.addTarget(recomputed.target(), selected, recomputed.targetRootErrorM2());
      recomputed
          .scene()
          .ifPresent(errors -> sums.addScene(errors, selected, recomputed.sceneRootErrorM2()));
      StoredStep step = stored.steps().get(index);
      tables.compare(step, recomputed, sums);
      new DiagnosticTable(comparison).compare(step.diagnostics(), recomputed.candidates());
      long next =
          index + 1 < stored.steps().size() ? stored.steps().get(index + 1).row().row() : -1;
      views.compare(step, recomputed, next);
      depth(comparison, store, step, recomputed);
      crops(comparison, store, step, recomputed, origin.recipe());
    }
    new ChainTables(comparison, stored, origin)
        .compare(scene.root(), chain, replayed.chainId(), sums);
  }

  private StepTables.Recomputed recompute(Replayed replayed, int index) {
    RolloutRecipeConfig recipe = replayed.origin().recipe();
    ReplayedChain.Step step = replayed.chain().steps().get(index);
    Optional<ReferenceNode> root = rollouts.sceneErrors(recipe, List.of());
    return new StepTables.Recomputed(
        replayed.stored().rollout().row(),
        index,
        step,
        rollouts.rootErrorM2(recipe),
        rollouts.sceneErrors(recipe, step.path()),
        root.map(errors -> errors.before().distance()).orElse(Double.NaN));
  }

  private void crops(
      Comparison comparison,
      StoreOrigin store,
      StoredStep step,
      StepTables.Recomputed recomputed,
      RolloutRecipeConfig recipe) {
    if (store.config().writer().store().targetEvalCropsEnabled()) {
      new CropTable(comparison, store.reader(), store.config().writer().generation().targetScorer())
          .compare(
              step,
              rollouts.crops(recipe, recomputed.step().path()),
              recomputed.step().node().validRows());
    } else {
      comparison.size("target_eval_crops", "step " + step.row().row(), step.crops().size(), 0);
    }
  }

  private void depth(
      Comparison comparison, StoreOrigin store, StoredStep step, StepTables.Recomputed recomputed) {
    boolean isKept = store.config().writer().generation().selectedDepth().enabled();
    comparison.size(
        "selected_depth",
        "step " + step.row().row(),
        step.depth().isPresent() ? 1 : 0,
        isKept ? 1 : 0);
    int selected = recomputed.step().shellIndex();
    if (isKept && step.depth().isPresent() && selected < step.candidates().size()) {
      progress.doing("depth image of a chosen view");
      double[] metres =
          scene.retainedDepth(recomputed.candidates().get(selected).worldFromCamera());
      new DepthTable(comparison, store.reader())
          .compare(
              step,
              step.depth().get(),
              step.candidates().get(selected).row(),
              scene.retainedCamera(),
              metres);
    }
  }
}
