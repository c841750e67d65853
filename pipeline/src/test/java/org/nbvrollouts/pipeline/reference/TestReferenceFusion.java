package org.nbvrollouts.pipeline.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.oracle.VoxelFusion;
import org.nbvrollouts.store.source.Point3;

final class TestReferenceFusion {
  private static final double[] VOXELS = {0, 1e-4, 0.02, 0.1, 3};

  private final VoxelFusion fusion = new VoxelFusion();

  @Test
  void fusedCloudsAreThoseOfTheDefinition() {
    Cases.forEach(
        seed -> {
          HostileScene scene = new HostileScene(seed);
          SplittableRandom random = scene.random;
          List<Point3> points = scene.cloudWithDefects(random.nextInt(300));
          double voxel = VOXELS[random.nextInt(VOXELS.length)];
          int cap = random.nextBoolean() ? VoxelFusion.NO_CAP : 1 + random.nextInt(100);

          PointBuffer actual = fusion.fuse(Cases.buffer(points), voxel, cap);

          List<Point3> expected = ReferenceFusion.fuse(points, voxel, OptionalInt.of(cap));
          assertThat(actual.toArray())
              .as("seed %d voxel %s cap %d", seed, voxel, cap)
              .isEqualTo(Cases.buffer(expected).toArray());
        });
  }
}
