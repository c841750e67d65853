package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/** Leaving out what is too far away changes no bit. */
final class TestGroupedLoops {

  @Test
  void groupedDistancesAreThoseOfAllPairs() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          double area = seed % 2 == 0 ? 0 : 0.005;
          ReferenceFaces all = ReferenceFaces.of(scene.mesh, vertex -> true, area);
          GroupedFaces grouped =
              new GroupedFaces(ReferenceFaces.inside(scene.mesh, vertex -> true), area);
          List<Point3> first = scene.cloud(1 + scene.random.nextInt(150));
          List<Point3> second = scene.cloud(1 + scene.random.nextInt(40));
          assertThat(grouped.error(first)).as("seed %d", seed).isEqualTo(all.error(first));
          assertThat(grouped.error(first, second))
              .as("seed %d union", seed)
              .isEqualTo(all.error(first, second));
          assertThat(grouped.error(first, List.of()))
              .as("seed %d union with nothing", seed)
              .isEqualTo(all.error(first));
        });
  }

  @Test
  void groupedRaysHitWhereAllPairsDo() {
    int[] hits = new int[1];
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          Pose12 pose = scene.camera();
          List<Point3> directions = new ArrayList<>();
          for (int i = 0; i < 60; i++) {
            directions.add(
                new Point3(
                    2 * scene.random.nextDouble() - 1,
                    scene.random.nextInt(3) - 1,
                    scene.random.nextInt(4) == 0 ? 0.25 : 1));
          }
          double most = scene.random.nextBoolean() ? Double.POSITIVE_INFINITY : scene.scale;
          double[] all = new ReferenceRays(scene.mesh).nearest(pose, directions, 0.001, most);
          double[] grouped = new GroupedRays(scene.mesh).nearest(pose, directions, 0.001, most);
          assertThat(grouped).as("seed %d", seed).isEqualTo(all);
          for (double t : all) {
            hits[0] += t < Double.POSITIVE_INFINITY ? 1 : 0;
          }
        });
    assertThat(hits[0]).as("rays with a hit").isPositive();
  }

  @Test
  void aMeshWithoutFacesIsInfinitelyFarAway() {
    HostileScene scene = new HostileScene(1);
    GroupedFaces none = new GroupedFaces(List.of(), 0);
    assertThat(none.isEmpty()).isTrue();
    assertThat(none.toFaces(scene.cloud(2))).containsOnly(Double.POSITIVE_INFINITY);
  }
}
