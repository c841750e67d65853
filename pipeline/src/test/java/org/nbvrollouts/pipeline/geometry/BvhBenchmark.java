package org.nbvrollouts.pipeline.geometry;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
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
 * Rays per microsecond (which is millions per second) on primary rays of 240 × 240 views, one by
 * one and those of a view together, and on shuffled ones, and the time to build the tree. Set-up
 * compares a sample with brute force.
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
  private static final int SIDE = 240;
  private static final int VIEWS = 16;
  private static final int FIRST_ROW = 88;
  private static final PinholeCamera CAMERA =
      new PinholeCamera(SIDE, SIDE, 101.5, 101.5, 119.5, 119.5);

  @Param({"200000", "1000000"})
  public int faces;

  @Param({"scalar", "vector"})
  public String kernel;

  private TriangleMesh mesh;
  private RayCaster caster;
  private final RayHit hit = new RayHit();
  private double[] coherent;
  private double[] shuffled;
  private ViewCaster views;
  private RayGrid grid;

  /** Builds the scene and the rays. */
  @Setup
  public void prepare() {
    mesh = BumpyRoom.mesh(faces);
    Bvh bvh = Bvh.build(mesh);
    caster = new RayCaster(bvh, Kernels.named(kernel));
    coherent = primaryRays();
    shuffled = shuffle(coherent);
    views = new ViewCaster(bvh, Kernels.named(kernel), 0);
    grid = grid();
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
      int view = ray / 6 / (RAYS / VIEWS);
      int pixel = FIRST_ROW * SIDE + ray / 6 % (RAYS / VIEWS);
      views.cast(BumpyRoom.view(view), 0, grid);
      if (grid.face(pixel / SIDE, pixel % SIDE) != expected.face()) {
        throw new IllegalStateException("Wrong hit of pixel " + pixel + " of view " + view);
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

  /** All rays of these views, those of a view together. */
  @Benchmark
  @BenchmarkMode(Mode.Throughput)
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  @OperationsPerInvocation(VIEWS * SIDE * SIDE)
  public double raysOfViews(BvhBenchmark state) {
    double sum = 0;
    for (int view = 0; view < VIEWS; view++) {
      state.views.cast(BumpyRoom.view(view), 0, state.grid);
      sum += state.grid.depths[0];
    }
    return sum;
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
    double[] rays = new double[6 * RAYS];
    int perView = RAYS / VIEWS;
    for (int i = 0; i < RAYS; i++) {
      Pose12 pose = BumpyRoom.view(i / perView);
      int pixel = FIRST_ROW * SIDE + i % perView;
      double x = CAMERA.rayX(pixel % SIDE);
      double y = CAMERA.rayY(pixel / SIDE);
      rays[6 * i] = pose.tx();
      rays[6 * i + 1] = pose.ty();
      rays[6 * i + 2] = pose.tz();
      rays[6 * i + 3] = pose.r00() * x + pose.r01() * y + pose.r02();
      rays[6 * i + 4] = pose.r10() * x + pose.r11() * y + pose.r12();
      rays[6 * i + 5] = pose.r20() * x + pose.r21() * y + pose.r22();
    }
    return rays;
  }

  private static RayGrid grid() {
    return new RayGrid(
        IntStream.range(0, SIDE).mapToDouble(CAMERA::rayX).toArray(),
        IntStream.range(0, SIDE).mapToDouble(CAMERA::rayY).toArray());
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
