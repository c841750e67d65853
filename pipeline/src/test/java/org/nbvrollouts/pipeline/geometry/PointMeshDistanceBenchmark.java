package org.nbvrollouts.pipeline.geometry;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.nbvrollouts.store.source.TriangleMesh;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Microseconds per closest-point query: anywhere in the room, within 0.25 m of a surface, one by
 * one and together, and as the yes-or-no question of the clearance rule. Set-up compares a sample
 * with brute force.
 *
 * <pre>
 * mvn -q -pl pipeline -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
 * java --add-modules jdk.incubator.vector \
 *   -cp pipeline/target/test-classes:pipeline/target/classes:$(cat pipeline/target/classpath.txt) \
 *   org.openjdk.jmh.Main PointMeshDistanceBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PointMeshDistanceBenchmark {
  private static final int POINTS = 1 << 15;
  private static final int CHECKED_POINTS = 20;
  private static final double CLEARANCE_METRES = 0.2;

  @Param({"200000", "1000000"})
  public int faces;

  @Param({"scalar", "vector"})
  public String kernel;

  @Param({"0.0", "0.005"})
  public double minTriangleArea;

  private PointMeshDistance distance;
  private double[] anywhere;
  private double[] nearSurface;
  private final PointBuffer anywhereTogether = new PointBuffer(POINTS);
  private final PointBuffer nearTogether = new PointBuffer(POINTS);
  private final NearestFaces nearest = new NearestFaces();

  /** Builds the scene and the points. */
  @Setup
  public void prepare() {
    TriangleMesh mesh = BumpyRoom.mesh(faces);
    distance =
        new PointMeshDistance(
            Bvh.build(mesh), minTriangleArea, face -> true, Kernels.named(kernel));
    SplittableRandom random = new SplittableRandom(1);
    anywhere = new double[3 * POINTS];
    nearSurface = new double[3 * POINTS];
    double[] size = {6, 5, 2.8};
    for (int i = 0; i < POINTS; i++) {
      int vertex = random.nextInt(mesh.vertexCount());
      for (int axis = 0; axis < 3; axis++) {
        anywhere[3 * i + axis] = size[axis] * random.nextDouble();
        nearSurface[3 * i + axis] =
            mesh.coordinate(vertex, axis) + 0.25 * (random.nextDouble() - 0.5);
      }
    }
    for (int i = 0; i < 3 * POINTS; i += 3) {
      anywhereTogether.add(anywhere[i], anywhere[i + 1], anywhere[i + 2]);
      nearTogether.add(nearSurface[i], nearSurface[i + 1], nearSurface[i + 2]);
    }
    distance.measure(anywhereTogether, nearest);
    BruteForce brute = new BruteForce(mesh);
    for (int i = 0; i < CHECKED_POINTS; i++) {
      double x = anywhere[3 * i];
      double y = anywhere[3 * i + 1];
      double z = anywhere[3 * i + 2];
      double expected = brute.squaredDistance(x, y, z, minTriangleArea);
      if (distance.squaredDistance(x, y, z) != expected || nearest.squaredDistance(i) != expected) {
        throw new IllegalStateException("Wrong distance of point " + i);
      }
    }
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public double anywhereInTheRoom() {
    return sum(anywhere);
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public double nearASurface() {
    return sum(nearSurface);
  }

  /** The same, ordered first. */
  @Benchmark
  @OperationsPerInvocation(POINTS)
  public double anywhereTogether() {
    distance.measure(anywhereTogether, nearest);
    return nearest.squaredDistance(0);
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public double nearTogether() {
    distance.measure(nearTogether, nearest);
    return nearest.squaredDistance(0);
  }

  @Benchmark
  @OperationsPerInvocation(POINTS)
  public int isWithinClearance() {
    int count = 0;
    for (int i = 0; i < anywhere.length; i += 3) {
      boolean isNear =
          distance.isWithin(anywhere[i], anywhere[i + 1], anywhere[i + 2], CLEARANCE_METRES);
      count += isNear ? 1 : 0;
    }
    return count;
  }

  private double sum(double[] points) {
    double sum = 0;
    for (int i = 0; i < points.length; i += 3) {
      sum += distance.squaredDistance(points[i], points[i + 1], points[i + 2]);
    }
    return sum;
  }
}
