package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.PointMeshError;
import org.nbvrollouts.pipeline.oracle.SceneErrors;
import org.nbvrollouts.pipeline.oracle.SceneOracle;
import org.nbvrollouts.pipeline.oracle.TargetOracle;
import org.nbvrollouts.pipeline.oracle.TargetScorerConfig;
import org.nbvrollouts.pipeline.oracle.TargetState;
import org.nbvrollouts.pipeline.oracle.UnscorableTargetException;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** What must hold of labels whatever the definition of the distance, with fusion off. */
final class TestOracleLaws {
  private static final int STEPS = 2;

  /** Moved coordinates are below 64 m, their rounding below a hundred times 2⁻⁴⁸ m. */
  private static final double ROUNDING_METRES = 1e-13;

  /** The plane of a face about 1e-8 times as high as it is wide is a matter of rounding. */
  private static final double SLIVER = 1e-16;

  private final VoxelFusion fusion = new VoxelFusion();

  /**
   * What a chain is made of.
   *
   * @param selected index of the selected candidate per step
   */
  private record Chain(
      TriangleMesh mesh,
      OracleTarget target,
      List<Point3> root,
      List<List<List<Point3>>> candidates,
      List<Integer> selected) {}

  @Test
  void rigidMotionChangesNothing() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed, HostileScene.Place.EXACT);
          TargetScorerConfig config = Chains.withoutFusion(scene.random);
          Chain chain = chain(scene);
          RigidMotion motion = RigidMotion.random(scene.random);
          Chain moved =
              new Chain(
                  motion.move(chain.mesh),
                  new OracleTarget(
                      "target",
                      0,
                      motion.move(chain.target.worldFromObject()),
                      chain.target.boundsObject()),
                  motion.move(chain.root),
                  chain.candidates.stream()
                      .map(step -> step.stream().map(motion::move).toList())
                      .toList(),
                  chain.selected);
          assertSame(
              errors(moved, config), errors(chain, config), TestOracleLaws::roundingOf, seed);
        });
  }

  @Test
  void orderOfFacesAndVerticesChangesNothing() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          TargetScorerConfig config = Chains.withoutFusion(scene.random);
          Chain chain = chain(scene);
          TriangleMesh shuffled = shuffled(chain.mesh, scene.random);
          Chain other =
              new Chain(shuffled, chain.target, chain.root, chain.candidates, chain.selected);
          assertSame(
              errors(other, config),
              errors(chain, config),
              error -> SLIVER * scene.scale * scene.scale,
              seed);
        });
  }

  @Test
  void addedPointsNeverRaiseCompletenessError() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          TargetScorerConfig config = Chains.withoutFusion(scene.random);
          List<PointMeshError> errors = errors(chain(scene), config);
          int perStep = errors.size() / STEPS;
          for (int i = 0; i < errors.size(); i++) {
            PointMeshError before = errors.get(i - i % perStep);
            assertThat(errors.get(i).completeness())
                .as("seed %d error %d", seed, i)
                .isLessThanOrEqualTo(before.completeness());
          }
          if (errors.size() > perStep) {
            assertThat(errors.get(perStep).completeness())
                .as("seed %d second step", seed)
                .isLessThanOrEqualTo(errors.get(0).completeness());
          }
        });
  }

  @Test
  void sceneInABoxThatHoldsItIsATarget() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          TargetScorerConfig config = Chains.withoutFusion(scene.random);
          AxisAlignedBox everything = scene.box(1e3 * scene.scale);
          Chain chain = chain(scene);
          Chain whole =
              new Chain(
                  chain.mesh,
                  new OracleTarget("target", 0, Pose12.IDENTITY, everything),
                  chain.root,
                  chain.candidates,
                  chain.selected);
          List<PointMeshError> target = errors(whole, config);
          assertThat(target).as("seed %d", seed).isNotEmpty();
          assertSame(sceneErrors(whole, config, everything), target, error -> 0, seed);
        });
  }

  private static Chain chain(HostileScene scene) {
    List<List<List<Point3>>> candidates = new ArrayList<>();
    List<Integer> selected = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      candidates.add(Chains.candidates(scene));
      selected.add(scene.random.nextInt(candidates.get(step).size()));
    }
    int points = 1 + scene.random.nextInt(80);
    return new Chain(scene.mesh, scene.target, scene.cloud(points), candidates, selected);
  }

  /** Errors before and after each candidate, step by step; ends where there is no label. */
  private List<PointMeshError> errors(Chain chain, TargetScorerConfig config) {
    List<PointMeshError> errors = new ArrayList<>();
    try {
      TargetOracle oracle = TargetOracle.of(config, fusion, chain.target, chain.mesh);
      TargetState state = oracle.root(Cases.buffer(chain.root));
      for (int step = 0; step < STEPS; step++) {
        errors.add(state.error());
        List<PointBuffer> clouds = Cases.buffers(chain.candidates.get(step));
        for (PointBuffer cloud : clouds) {
          errors.add(oracle.score(state, cloud).after());
        }
        state = oracle.after(state, clouds.get(chain.selected.get(step)));
      }
    } catch (UnscorableTargetException e) {
      return errors;
    }
    return errors;
  }

  private List<PointMeshError> sceneErrors(
      Chain chain, TargetScorerConfig config, AxisAlignedBox bounds) {
    SceneOracle oracle =
        new SceneOracle(
            config, chain.mesh, Bvh.build(chain.mesh), Cases.buffer(chain.root), bounds, fusion);
    List<PointMeshError> errors = new ArrayList<>();
    List<PointBuffer> history = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      List<PointBuffer> clouds = Cases.buffers(chain.candidates.get(step));
      Optional<SceneErrors> scored = oracle.score(history, clouds);
      errors.add(scored.orElseThrow().before());
      errors.addAll(scored.orElseThrow().after());
      history.add(clouds.get(chain.selected.get(step)));
    }
    return errors;
  }

  /** Faces, the vertex table and the corners of faces in another order. */
  private static TriangleMesh shuffled(TriangleMesh mesh, SplittableRandom random) {
    TriangleMesh reordered = Meshes.reordered(mesh, Meshes.permutation(random, mesh.faceCount()));
    int[] newIndex = Meshes.permutation(random, mesh.vertexCount());
    float[] vertices = new float[3 * newIndex.length];
    for (int vertex = 0; vertex < newIndex.length; vertex++) {
      for (int axis = 0; axis < 3; axis++) {
        vertices[3 * newIndex[vertex] + axis] = mesh.coordinate(vertex, axis);
      }
    }
    int[] faces = reordered.copyFaces();
    for (int face = 0; face < reordered.faceCount(); face++) {
      int[] corners = {0, 1, 2};
      if (hasLongEdges(reordered, face)) {
        corners = Meshes.permutation(random, 3);
      }
      for (int corner = 0; corner < 3; corner++) {
        faces[3 * face + corner] = newIndex[reordered.vertexOf(face, corners[corner])];
      }
    }
    return TriangleMesh.of(vertices, faces);
  }

  /** An edge of at most 0.1 mm counts as its second end point, which depends on the order. */
  private static boolean hasLongEdges(TriangleMesh mesh, int face) {
    for (int corner = 0; corner < 3; corner++) {
      double squared = 0;
      for (int axis = 0; axis < 3; axis++) {
        double side =
            (double) mesh.cornerCoordinate(face, corner, axis)
                - mesh.cornerCoordinate(face, (corner + 1) % 3, axis);
        squared += side * side;
      }
      if (squared <= 2e-8) {
        return false;
      }
    }
    return true;
  }

  private static void assertSame(
      List<PointMeshError> actual,
      List<PointMeshError> expected,
      DoubleUnaryOperator slack,
      long seed) {
    assertThat(actual).as("seed %d", seed).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      PointMeshError one = actual.get(i);
      PointMeshError other = expected.get(i);
      String what = "error " + i;
      Cases.assertSameError(
          one.accuracy(), other.accuracy(), slack.applyAsDouble(one.accuracy()), what, seed);
      Cases.assertSameError(
          one.completeness(),
          other.completeness(),
          slack.applyAsDouble(one.completeness()),
          what,
          seed);
    }
  }

  /** Change of a squared distance when the point moves by the rounding of its coordinates. */
  private static double roundingOf(double errorM2) {
    return ROUNDING_METRES * 2 * Math.sqrt(errorM2) + SLIVER;
  }
}
