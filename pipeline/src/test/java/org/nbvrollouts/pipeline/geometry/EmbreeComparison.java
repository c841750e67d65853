package org.nbvrollouts.pipeline.geometry;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Our side of the comparison with Embree that {@code src/benchmarks/compare-with-embree} runs:
 * writes a scene, its rays and points for the program in C, or measures the same work here. Unlike
 * JMH it reports the CPU time of the thread, as the program in C does, so that other load on the
 * machine spoils neither; the sums over all answers show that both did the same.
 *
 * <p>Arguments: {@code write} or {@code measure}, the scene file, the number of faces.
 */
public final class EmbreeComparison {
  private static final int VIEW_PIXELS = 240 * 240;
  private static final int RAYS = 16 * VIEW_PIXELS;
  private static final int POINTS = 100_000;
  private static final int REPETITIONS = 16;
  private static final int BUILDS = 12;
  private static final double T_MIN = 0.001;
  private static final double T_MAX = 20;
  private static final double VOXEL = 0.1;
  private static final double[] ROOM = {6, 5, 2.8};

  private final TriangleMesh mesh;
  private final double[] rays = new double[6 * RAYS];
  private final RayGrid grid;
  private final double[] anywhere = new double[3 * POINTS];
  private final double[] nearSurface = new double[3 * POINTS];
  private final double[] sorted;
  private final NearestFaces nearest = new NearestFaces();

  private EmbreeComparison(int faces) {
    mesh = BumpyRoom.mesh(faces);
    PinholeCamera camera = new PinholeCamera(240, 240, 101.5, 101.5, 119.5, 119.5);
    grid =
        new RayGrid(
            IntStream.range(0, 240).mapToDouble(camera::rayX).toArray(),
            IntStream.range(0, 240).mapToDouble(camera::rayY).toArray());
    for (int i = 0; i < RAYS; i++) {
      Pose12 pose = BumpyRoom.view(i / VIEW_PIXELS);
      double x = camera.rayX(i % VIEW_PIXELS % 240);
      double y = camera.rayY(i % VIEW_PIXELS / 240);
      double[] ray = {
        pose.tx(),
        pose.ty(),
        pose.tz(),
        pose.r00() * x + pose.r01() * y + pose.r02(),
        pose.r10() * x + pose.r11() * y + pose.r12(),
        pose.r20() * x + pose.r21() * y + pose.r22()
      };
      System.arraycopy(ray, 0, rays, 6 * i, 6);
    }
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 3 * POINTS; i++) {
      anywhere[i] = ROOM[i % 3] * random.nextDouble();
    }
    for (int i = 0; i < POINTS; i++) {
      int vertex = random.nextInt(mesh.vertexCount());
      for (int axis = 0; axis < 3; axis++) {
        nearSurface[3 * i + axis] =
            mesh.coordinate(vertex, axis) + 0.25 * (random.nextDouble() - 0.5);
      }
    }
    sorted = sortedByVoxel(nearSurface);
  }

  /** In the order of voxels, as clouds come. */
  private static double[] sortedByVoxel(double[] points) {
    int[] order =
        IntStream.range(0, POINTS)
            .boxed()
            .sorted(
                Comparator.<Integer>comparingDouble(i -> Math.floor(points[3 * i] / VOXEL))
                    .thenComparingDouble(i -> Math.floor(points[3 * i + 1] / VOXEL))
                    .thenComparingDouble(i -> Math.floor(points[3 * i + 2] / VOXEL)))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] result = new double[points.length];
    for (int i = 0; i < POINTS; i++) {
      System.arraycopy(points, 3 * order[i], result, 3 * i, 3);
    }
    return result;
  }

  public static void main(String[] arguments) throws IOException {
    EmbreeComparison comparison = new EmbreeComparison(Integer.parseInt(arguments[2]));
    if (arguments[0].equals("write")) {
      comparison.write(Path.of(arguments[1]));
    } else {
      comparison.measure(System.out);
    }
  }

  private void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      ByteBuffer header = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
      out.write(header.putInt(mesh.faceCount()).putInt(RAYS).putInt(POINTS).array());
      for (float corner : Meshes.corners(mesh)) {
        write(out, corner);
      }
      for (double[] values : new double[][] {rays, anywhere, nearSurface, sorted}) {
        for (double value : values) {
          write(out, (float) value);
        }
      }
    }
  }

  private static void write(OutputStream out, float value) throws IOException {
    int bits = Float.floatToRawIntBits(value);
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(bits >>> shift);
    }
  }

  private void measure(PrintStream out) {
    Bvh bvh = Bvh.build(mesh);
    print(out, "build_1_thread_ms", 1e3 * bestBuildSeconds(1));
    print(out, "build_2_threads_ms", 1e3 * bestBuildSeconds(2));
    RayCaster caster = new RayCaster(bvh);
    double[] result = best(() -> castAll(caster));
    print(out, "rays_per_us", RAYS / result[0] / 1e6);
    print(out, "ray_sum", result[1]);
    ViewCaster views = new ViewCaster(bvh);
    result = best(() -> castViews(views));
    print(out, "packet_rays_per_us", RAYS / result[0] / 1e6);
    print(out, "packet_ray_sum", result[1]);
    PointMeshDistance distance = new PointMeshDistance(bvh, 0);
    result = best(() -> sum(distance, anywhere));
    print(out, "point_anywhere_us", 1e6 * result[0] / POINTS);
    print(out, "point_anywhere_sum", result[1]);
    result = best(() -> sum(distance, nearSurface));
    print(out, "point_near_us", 1e6 * result[0] / POINTS);
    print(out, "point_near_sum", result[1]);
    result = best(() -> sum(distance, sorted));
    print(out, "point_sorted_us", 1e6 * result[0] / POINTS);
    print(out, "point_sorted_sum", result[1]);
    double[][] sets = {anywhere, nearSurface, sorted};
    String[] names = {"anywhere", "near", "sorted"};
    for (int i = 0; i < sets.length; i++) {
      PointBuffer points = buffer(sets[i]);
      result = best(() -> sumTogether(distance, points));
      print(out, "points_" + names[i] + "_us", 1e6 * result[0] / POINTS);
      print(out, "points_" + names[i] + "_sum", result[1]);
    }
    print(out, "bytes_per_face", (double) bvh.memoryBytes() / bvh.faceCount());
  }

  private static void print(PrintStream out, String key, double value) {
    out.printf(Locale.ROOT, "%s %.3f%n", key, value);
  }

  private double bestBuildSeconds(int threads) {
    ForkJoinPool pool = new ForkJoinPool(threads);
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < BUILDS; i++) {
      long start = System.nanoTime();
      Bvh.build(mesh, pool);
      best = Math.min(best, 1e-9 * (System.nanoTime() - start));
    }
    pool.shutdown();
    return best;
  }

  /** Least CPU seconds of the thread, and the sum over all answers. */
  private static double[] best(java.util.function.DoubleSupplier work) {
    double best = Double.POSITIVE_INFINITY;
    double sum = 0;
    for (int i = 0; i < REPETITIONS; i++) {
      long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      sum = work.getAsDouble();
      long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      best = Math.min(best, 1e-9 * (end - start));
    }
    return new double[] {best, sum};
  }

  private double castAll(RayCaster caster) {
    RayHit hit = new RayHit();
    double sum = 0;
    for (int i = 0; i < rays.length; i += 6) {
      if (caster.nearest(
          rays[i],
          rays[i + 1],
          rays[i + 2],
          rays[i + 3],
          rays[i + 4],
          rays[i + 5],
          T_MIN,
          T_MAX,
          hit)) {
        sum += hit.t();
      }
    }
    return sum;
  }

  /** The same rays, those of a view together. */
  private double castViews(ViewCaster caster) {
    double sum = 0;
    for (int view = 0; view < RAYS / VIEW_PIXELS; view++) {
      caster.cast(BumpyRoom.view(view), T_MIN, grid);
      for (double depth : grid.depths) {
        sum += depth;
      }
    }
    return sum;
  }

  private static double sum(PointMeshDistance distance, double[] points) {
    double sum = 0;
    for (int i = 0; i < points.length; i += 3) {
      sum += Math.sqrt(distance.squaredDistance(points[i], points[i + 1], points[i + 2]));
    }
    return sum;
  }

  private static PointBuffer buffer(double[] points) {
    PointBuffer buffer = new PointBuffer(POINTS);
    for (int i = 0; i < points.length; i += 3) {
      buffer.add(points[i], points[i + 1], points[i + 2]);
    }
    return buffer;
  }

  /** The same points asked together, which includes ordering them. */
  private double sumTogether(PointMeshDistance distance, PointBuffer points) {
    distance.measure(points, nearest);
    double sum = 0;
    for (int i = 0; i < nearest.size(); i++) {
      sum += Math.sqrt(nearest.squaredDistance(i));
    }
    return sum;
  }
}
