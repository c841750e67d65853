package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.CandidateError;
import org.nbvrollouts.pipeline.oracle.GainMetrics;
import org.nbvrollouts.pipeline.oracle.PointMeshError;
import org.nbvrollouts.pipeline.oracle.SceneErrors;
import org.nbvrollouts.pipeline.oracle.SceneOracle;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.Point3;

/** Production labels against their definition, over chains of steps. */
final class TestReferenceOracle {
  private static final int STEPS = 3;

  private final VoxelFusion fusion = new VoxelFusion();

  @Test
  void targetLabelsAreThoseOfTheDefinition() {
    int[] scored = new int[1];
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          TargetScorerConfig config = Chains.settings(scene.random);
          scored[0] += compareTargetChain(scene, config, seed);
        });
    assertThat(scored[0]).as("nodes with a label").isPositive();
  }

  @Test
  void sceneLabelsAreThoseOfTheDefinition() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          TargetScorerConfig config = Chains.settings(scene.random);
          compareSceneChain(scene, config, seed);
        });
  }

  /** Returns the number of nodes that have a label, which both sides must agree on. */
  private int compareTargetChain(HostileScene scene, TargetScorerConfig config, long seed) {
    ReferenceOracle reference = new ReferenceOracle(config, scene.mesh);
    List<Point3> root = scene.cloudWithDefects(1 + scene.random.nextInt(120));
    List<List<Point3>> history = new ArrayList<>();
    Optional<TargetOracle> oracle = production(scene, config);
    Optional<TargetState> state = oracle.flatMap(known -> rootState(known, root));
    double rootError = Double.NaN;
    for (int step = 0; step < STEPS; step++) {
      List<List<Point3>> candidates = Chains.candidates(scene);
      Optional<ReferenceNode> expected = reference.target(scene.target, root, history, candidates);
      assertThat(state.isPresent())
          .as("seed %d step %d", seed, step)
          .isEqualTo(expected.isPresent());
      if (expected.isEmpty()) {
        return step;
      }
      rootError = step == 0 ? expected.get().before().distance() : rootError;
      assertSameNode(oracle.get(), state.get(), candidates, expected.get(), rootError, seed);
      List<Point3> selected = candidates.get(scene.random.nextInt(candidates.size()));
      history.add(selected);
      TargetState before = state.get();
      state = oracle.flatMap(known -> nextState(known, before, selected));
    }
    return STEPS;
  }

  private static void assertSameNode(
      TargetOracle oracle,
      TargetState state,
      List<List<Point3>> candidates,
      ReferenceNode expected,
      double rootError,
      long seed) {
    List<CandidateError> errors =
        Cases.buffers(candidates).stream().map(cloud -> oracle.score(state, cloud)).toList();
    Map<String, DoubleColumn> metrics =
        new GainMetrics().target(rootError, state, errors).vectors();
    assertSame(state.error(), expected.before(), "before", seed);
    assertThat(state.support()).as("seed %d", seed).isEqualTo(expected.currentSupport());
    for (int i = 0; i < errors.size(); i++) {
      ReferenceCandidate candidate = expected.candidates().get(i);
      assertThat(errors.get(i).support()).as("seed %d", seed).isEqualTo(candidate.support());
      assertSame(errors.get(i).after(), candidate.after(), "after " + i, seed);
      assertSameGains(metrics, "target", i, expected, rootError, seed);
    }
  }

  private static void assertSameGains(
      Map<String, DoubleColumn> metrics,
      String prefix,
      int candidate,
      ReferenceNode expected,
      double rootError,
      long seed) {
    Cases.assertSameGain(
        metrics.get(prefix + "_rri").at(candidate),
        expected.relativeGain(candidate),
        prefix + "_rri",
        seed);
    Cases.assertSameGain(
        metrics.get(prefix + "_root_gain").at(candidate),
        expected.rootGain(candidate, rootError),
        prefix + "_root_gain",
        seed);
    Cases.assertSameGain(
        metrics.get(prefix + "_log_error_gain").at(candidate),
        expected.logErrorGain(candidate),
        prefix + "_log_error_gain",
        seed);
  }

  private void compareSceneChain(HostileScene scene, TargetScorerConfig config, long seed) {
    AxisAlignedBox bounds = scene.box(scene.scale * scene.random.nextDouble());
    int rootPoints = scene.random.nextInt(10) == 0 ? 0 : 1 + scene.random.nextInt(120);
    List<Point3> root = scene.cloudWithDefects(rootPoints);
    ReferenceOracle reference = new ReferenceOracle(config, scene.mesh);
    SceneOracle oracle =
        new SceneOracle(
            config, scene.mesh, Bvh.build(scene.mesh), Cases.buffer(root), bounds, fusion);
    List<List<Point3>> history = new ArrayList<>();
    double rootError = 1;
    for (int step = 0; step < STEPS; step++) {
      List<List<Point3>> candidates = Chains.candidates(scene);
      Optional<ReferenceNode> expected = reference.scene(bounds, root, history, candidates);
      Optional<SceneErrors> actual =
          oracle.score(Cases.buffers(history), Cases.buffers(candidates));
      assertThat(actual.isPresent()).as("seed %d", seed).isEqualTo(expected.isPresent());
      if (actual.isPresent()) {
        assertSame(actual.get().before(), expected.get().before(), "scene before", seed);
        Map<String, DoubleColumn> metrics =
            new GainMetrics().scene(rootError, actual.get()).vectors();
        for (int i = 0; i < candidates.size(); i++) {
          PointMeshError after = actual.get().after().get(i);
          assertSame(after, expected.get().candidates().get(i).after(), "scene after " + i, seed);
          assertSameGains(metrics, "scene", i, expected.get(), rootError, seed);
        }
      }
      history.add(candidates.get(scene.random.nextInt(candidates.size())));
    }
  }

  private static void assertSame(
      PointMeshError actual, ReferenceError expected, String what, long seed) {
    Cases.assertSameError(actual.accuracy(), expected.accuracy(), what + " accuracy", seed);
    Cases.assertSameError(
        actual.completeness(), expected.completeness(), what + " completeness", seed);
    Cases.assertSameError(actual.distance(), expected.distance(), what + " distance", seed);
  }

  private Optional<TargetOracle> production(HostileScene scene, TargetScorerConfig config) {
    try {
      return Optional.of(TargetOracle.of(config, fusion, scene.target, scene.mesh));
    } catch (UnscorableTargetException e) {
      return Optional.empty();
    }
  }

  private static Optional<TargetState> rootState(TargetOracle oracle, List<Point3> root) {
    try {
      return Optional.of(oracle.root(Cases.buffer(root)));
    } catch (UnscorableTargetException e) {
      return Optional.empty();
    }
  }

  private static Optional<TargetState> nextState(
      TargetOracle oracle, TargetState before, List<Point3> selected) {
    PointBuffer cloud = Cases.buffer(selected);
    try {
      return Optional.of(oracle.after(before, cloud));
    } catch (UnscorableTargetException e) {
      return Optional.empty();
    }
  }
}
