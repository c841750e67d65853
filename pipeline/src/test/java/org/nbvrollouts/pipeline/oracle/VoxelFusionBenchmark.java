package org.nbvrollouts.pipeline.oracle;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds to fuse 300,000 points on the walls of a room of 6 × 5 × 2.8 m at 0.02 m. Set-up
 * checks that fusing again leaves as many points.
 *
 * <pre>
 * mvn -q -pl pipeline -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
 * java -cp pipeline/target/test-classes:pipeline/target/classes:$(cat pipeline/target/classpath.txt) \
 *   org.openjdk.jmh.Main VoxelFusionBenchmark
 * </pre>
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class VoxelFusionBenchmark {
  private static final double VOXEL_METRES = 0.02;
  private static final int POINTS = 300_000;
  private static final double[] ROOM = {6, 5, 2.8};

  /** Keeps walls off the borders of voxels, across which a mean may be rounded. */
  private static final double INSIDE = 0.01;

  private final VoxelFusion fusion = new VoxelFusion();
  private final PointBuffer points = new PointBuffer(POINTS);

  /** Scatters the points. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < POINTS; i++) {
      double[] point = new double[3];
      int wall = random.nextInt(3);
      for (int axis = 0; axis < 3; axis++) {
        point[axis] = ROOM[axis] * (axis == wall ? random.nextInt(2) : random.nextDouble());
      }
      points.add(point[0] + INSIDE, point[1] + INSIDE, point[2] + INSIDE);
    }
    PointBuffer fused = fuse();
    if (fused.size() >= POINTS || fusion.fuse(fused, VOXEL_METRES, POINTS).size() != fused.size()) {
      throw new IllegalStateException("Cannot measure: fusion leaves several points in a voxel");
    }
  }

  /** Fuses all points. */
  @Benchmark
  public PointBuffer fuse() {
    return fusion.fuse(points, VOXEL_METRES, VoxelFusion.NO_CAP);
  }
}
