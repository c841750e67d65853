package org.nbvrollouts.pipeline.geometry;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.store.source.Pose12;
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
 * Rays per microsecond (which is millions per second) on primary rays of 240 × 240 views and on
 * shuffled ones, and the time to build the tree. Set-up compares a sample with brute force.
 *
 * <pre>
 * mvn -q -pl pipeline -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
 * java --add-modules jdk.incubator.vector \
 *   -cp pipeline/target/test-classes:pipeline/target/classes:$(cat pipeline/target/classpath.txt) \
 *   org.openjdk.jmh.Main BvhBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 2)
public class BvhBenchmark {
  private static final int RAYS = 1 << 16;
  private static final int CHECKED_RAYS = 20;

  @Param({"200000", "1000000"})
  public int faces;

  @Param({"scalar", "vector"})
  public String kernel;

  private TriangleMesh mesh;
  private RayCaster caster;
  private final RayHit hit = new RayHit();
  private double[] coherent;
  private double[] shuffled;

  /** Builds the scene and the rays. */
  @Setup
  public void prepare() {
    mesh = BumpyRoom.mesh(faces);
    caster = new RayCaster(Bvh.build(mesh), Kernels.named(kernel));
    coherent = primaryRays();
    shuffled = shuffle(coherent);
    BruteForce brute = new BruteForce(mesh);
    RayHit expected = new RayHit();
    for (int i = 0; i < CHECKED_RAYS; i++) {
      int ray = 6 * (i * (RAYS / CHECKED_RAYS));
      double[] origin = {coherent[ray], coherent[ray + 1], coherent[ray + 2]};
      double[] direction = {coherent[ray + 3], coherent[ray + 4], coherent[ray + 5]};
      brute.nearest(origin, direction, 0, Double.POSITIVE_INFINITY, expected);
      cast(coherent, ray);
      if (hit.face() != expected.face() || hit.t() != expected.t()) {
        throw new IllegalStateException("Wrong hit of ray " + ray / 6);
      }
    }
  }

  /** Sixteen views, pixel by pixel. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @OperationsPerInvocation(RAYS)
  public double primaryRays(BvhBenchmark state) {
    return state.castAll(state.coherent);
  }

  /** The same rays in random order. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @OperationsPerInvocation(RAYS)
  public double shuffledRays(BvhBenchmark state) {
    return state.castAll(state.shuffled);
  }

  /** Construction from the mesh on all cores. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  @OutputTimeUnit(TimeUnit.MILLISECONDS)
  public Bvh build(BvhBenchmark state) {
    return Bvh.build(state.mesh);
  }

  private double castAll(double[] rays) {
    double sum = 0;
    for (int ray = 0; ray < rays.length; ray += 6) {
      cast(rays, ray);
      sum += hit.t();
    }
    return sum;
  }

  private void cast(double[] rays, int ray) {
    caster.nearest(
        rays[ray],
        rays[ray + 1],
        rays[ray + 2],
        rays[ray + 3],
        rays[ray + 4],
        rays[ray + 5],
        0,
        Double.POSITIVE_INFINITY,
        hit);
  }

  /** Consecutive pixels from the middle of sixteen views. */
  private static double[] primaryRays() {
    PinholeCamera camera = new PinholeCamera(240, 240, 101.5, 101.5, 119.5, 119.5);
    double[] rays = new double[6 * RAYS];
    int perView = RAYS / 16;
    for (int i = 0; i < RAYS; i++) {
      Pose12 pose = BumpyRoom.view(i / perView);
      int pixel = 88 * 240 + i % perView;
      double x = camera.rayX(pixel % 240);
      double y = camera.rayY(pixel / 240);
      rays[6 * i] = pose.tx();
      rays[6 * i + 1] = pose.ty();
      rays[6 * i + 2] = pose.tz();
      rays[6 * i + 3] = pose.r00() * x + pose.r01() * y + pose.r02();
      rays[6 * i + 4] = pose.r10() * x + pose.r11() * y + pose.r12();
      rays[6 * i + 5] = pose.r20() * x + pose.r21() * y + pose.r22();
    }
    return rays;
  }

  private static double[] shuffle(double[] rays) {
    int[] order = Meshes.permutation(new SplittableRandom(1), RAYS);
    double[] shuffled = new double[rays.length];
    for (int i = 0; i < RAYS; i++) {
      System.arraycopy(rays, 6 * order[i], shuffled, 6 * i, 6);
    }
    return shuffled;
  }
}
