package org.nbvrollouts.pipeline.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.pipeline.geometry.Meshes;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.TriangleMesh;

final class TestSceneOracle {
  private static final TargetScorerConfig CONFIG = TargetScorerConfig.defaults();
  private static final AxisAlignedBox SMALL = new AxisAlignedBox(-0.3, 0.3, -0.3, 0.3, -0.3, 0.3);
  private static final AxisAlignedBox LARGE = new AxisAlignedBox(-9, 9, -9, 9, -9, 9);

  private final VoxelFusion fusion = new VoxelFusion();

  @ParameterizedTest
  @ValueSource(longs = {41, 42, 43, 44})
  void scoresEqualThoseOfTheDefinition(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TriangleMesh mesh = Meshes.soup(random, 400, 2);
    PointBuffer rootCloud = Points.random(random, 800, 0.9);
    SceneOracle oracle = oracle(mesh, rootCloud, SMALL);
    PointBuffer first = Points.random(random, 150, 0.5);
    PointBuffer second = Points.random(random, 150, 0.8);
    List<PointBuffer> candidates = List.of(first, second, new PointBuffer(0));

    SceneErrors root = oracle.score(List.of(), candidates).orElseThrow();
    SceneErrors next = oracle.score(List.of(second), candidates).orElseThrow();

    assertMatchesDefinition(seed, mesh, rootCloud, candidates, root);
    assertMatchesDefinition(seed, mesh, Points.concat(rootCloud, second), candidates, next);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56})
  void stateFromAnotherStateIsThatFromScratch(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double voxel = 0.1;
    Bvh bvh = Bvh.build(Meshes.soup(random, 1500, 2));
    PointBuffer raw = Points.random(random, 600, 0.8);
    PointBuffer first = fusion.fuse(raw, voxel, VoxelFusion.NO_CAP);
    PointBuffer grown = Points.concat(raw, Points.random(random, 60, 0.6));
    PointBuffer second = fusion.fuse(grown, voxel, VoxelFusion.NO_CAP);

    PointBuffer other = Points.concat(raw, Points.random(random, 200, 0.9));
    SceneStateMeasure measure = new SceneStateMeasure(bvh, 0.005, voxel, first);
    measure.state(fusion.fuse(other, voxel, VoxelFusion.NO_CAP));

    SceneState updated = measure.state(second);

    SceneState scratch = new SceneStateMeasure(bvh, 0.005, voxel, second).root();
    for (int i = 0; i < second.size(); i++) {
      assertThat(updated.squaredDistance(i)).isEqualTo(scratch.squaredDistance(i));
      assertThat(updated.nearestFace(i)).isEqualTo(scratch.nearestFace(i));
    }
    assertThat(updated.faces().sum()).as("seed %d", seed).isEqualTo(scratch.faces().sum());
    for (int face = 0; face < scratch.faces().faceCount(); face++) {
      assertThat(updated.faces().at(face))
          .as("seed %d face %d", seed, face)
          .isEqualTo(scratch.faces().at(face));
    }
  }

  @Test
  void orderOfNodesChangesNothing() {
    SplittableRandom random = new SplittableRandom(45);
    TriangleMesh mesh = Meshes.soup(random, 400, 2);
    PointBuffer rootCloud = Points.random(random, 500, 0.9);
    List<PointBuffer> near = List.of(Points.random(random, 100, 0.4));
    List<PointBuffer> far = List.of(Points.random(random, 100, 0.9));
    SceneOracle oracle = oracle(mesh, rootCloud, SMALL);
    SceneErrors nearFirst = oracle.score(List.of(), near).orElseThrow();
    SceneErrors farSecond = oracle.score(List.of(), far).orElseThrow();

    assertThat(oracle.score(List.of(), near)).contains(nearFirst);
    assertThat(oracle(mesh, rootCloud, SMALL).score(List.of(), far)).contains(farSecond);
  }

  @Test
  void cropGrowsWithWhatCandidatesSee() {
    SplittableRandom random = new SplittableRandom(46);
    TriangleMesh mesh = Meshes.soup(random, 400, 2);
    PointBuffer rootCloud = Points.random(random, 500, 0.2);
    PointBuffer nothing = new PointBuffer(0);

    PointMeshError small =
        oracle(mesh, rootCloud, SMALL).score(List.of(), List.of(nothing)).orElseThrow().before();
    PointMeshError grown =
        oracle(mesh, rootCloud, SMALL)
            .score(List.of(), List.of(Points.of(-9, -9, -9, 9, 9, 9)))
            .orElseThrow()
            .before();
    PointMeshError whole =
        oracle(mesh, rootCloud, LARGE).score(List.of(), List.of(nothing)).orElseThrow().before();

    assertThat(grown).isEqualTo(whole);
    assertThat(small.completeness()).isLessThan(whole.completeness());
  }

  @Test
  void nothingToMeasureGivesNothing() {
    TriangleMesh mesh = Meshes.soup(new SplittableRandom(47), 50, 2);
    AxisAlignedBox elsewhere = new AxisAlignedBox(50, 51, 50, 51, 50, 51);
    List<PointBuffer> candidates = List.of(new PointBuffer(0));

    assertThat(oracle(mesh, Points.of(0, 0, 0), elsewhere).score(List.of(), candidates)).isEmpty();
    assertThat(oracle(mesh, new PointBuffer(0), LARGE).score(List.of(), candidates)).isEmpty();
  }

  private SceneOracle oracle(TriangleMesh mesh, PointBuffer rootCloud, AxisAlignedBox bounds) {
    return new SceneOracle(CONFIG, mesh, Bvh.build(mesh), rootCloud, bounds, fusion);
  }

  private void assertMatchesDefinition(
      long seed,
      TriangleMesh mesh,
      PointBuffer history,
      List<PointBuffer> candidates,
      SceneErrors actual) {
    AxisAlignedBox bounds = SMALL;
    for (PointBuffer cloud : candidates) {
      for (int i = 0; i < cloud.size(); i++) {
        double x = cloud.x(i);
        double y = cloud.y(i);
        double z = cloud.z(i);
        bounds = bounds.union(new AxisAlignedBox(x, x, y, y, z, z));
      }
    }
    AxisAlignedBox crop = bounds;
    TriangleMesh cropped =
        AnyVertexCrop.crop(
            mesh,
            vertex ->
                crop.contains(
                    mesh.coordinate(vertex, 0),
                    mesh.coordinate(vertex, 1),
                    mesh.coordinate(vertex, 2)));
    MeshEvaluator evaluator =
        new MeshEvaluator(Bvh.build(cropped), CONFIG.oracle().minTriangleAreaM2());
    PointBuffer current = fusion.fuse(history, 0.02, VoxelFusion.NO_CAP);
    PointMeshError before = evaluator.evaluate(current).error();
    assertThat(actual.before().accuracy())
        .as("seed %d", seed)
        .isCloseTo(before.accuracy(), within(1e-12));
    assertThat(actual.before().completeness())
        .as("seed %d", seed)
        .isCloseTo(before.completeness(), within(1e-12));
    for (int i = 0; i < candidates.size(); i++) {
      PointBuffer seen = fusion.fuse(candidates.get(i), 0.02, VoxelFusion.NO_CAP);
      PointMeshError expected = evaluator.evaluate(Points.concat(current, seen)).error();
      assertThat(actual.after().get(i).completeness())
          .as("seed %d candidate %d", seed, i)
          .isCloseTo(expected.completeness(), within(1e-12));
      assertThat(actual.after().get(i).accuracy())
          .as("seed %d candidate %d", seed, i)
          .isCloseTo(expected.accuracy(), within(1e-12));
    }
  }
}
