package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.TimeUnit;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.render.DepthRenderer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Milliseconds for the face-to-nearest-point distances of a whole room: the first state from about
 * 200,000 points of logged views, and one candidate of 576 points against that state. Set-up
 * compares a sample of faces with brute force, and the candidate's mean with that of a lowered
 * copy.
 *
 * <pre>
 * mvn -q -pl pipeline -am test-compile dependency:build-classpath -Dmdep.outputFile=target/classpath.txt
 * java -cp pipeline/target/test-classes:pipeline/target/classes:$(cat pipeline/target/classpath.txt) \
 *   org.openjdk.jmh.Main FaceDistancesBenchmark -prof gc
 * </pre>
 */
@State(Scope.Thread)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 3)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class FaceDistancesBenchmark {
  private static final int CHECKED_FACES = 10;
  private static final double MIN_AREA = PointTriangle.DEFAULT_MIN_AREA_M2;

  @Param({"200000", "1000000"})
  public int faces;

  private Bvh bvh;
  private FaceDistances state;
  private final PointBuffer logged = new PointBuffer(200_000);
  private final PointBuffer candidate = new PointBuffer(576);

  /** Renders eleven logged views of one half of the room and a candidate that looks elsewhere. */
  @Setup
  public void prepare() {
    bvh = Bvh.build(BumpyRoom.mesh(faces));
    ViewCaster caster = new ViewCaster(bvh);
    PinholeCamera camera = new PinholeCamera(240, 240, 101.5, 101.5, 119.5, 119.5);
    DepthRenderer frames = new DepthRenderer(camera, 0.001, 20);
    for (int view = 0; view < 11; view++) {
      frames.castPoints(BumpyRoom.view(view % 8), caster, view < 8 ? 2 : 1, logged);
    }
    DepthRenderer scored = new DepthRenderer(camera.scaled(0.2), 0.001, 20);
    scored.castPoints(BumpyRoom.view(12), caster, 2, candidate);
    state = new FaceDistances(bvh, MIN_AREA);
    state.lower(logged);
    check();
  }

  private void check() {
    int[] slotOfFace = new int[bvh.faceCount()];
    for (int slot = 0; slot < bvh.faceOfSlot.length; slot++) {
      slotOfFace[bvh.faceOfSlot[slot]] = slot;
    }
    double minCross = PointTriangle.minCrossSquared(MIN_AREA);
    for (int i = 0; i < CHECKED_FACES; i++) {
      int face = i * (bvh.faceCount() / CHECKED_FACES);
      double best = Double.POSITIVE_INFINITY;
      for (int p = 0; p < logged.size(); p++) {
        double d2 =
            bvh.squaredDistance(logged.x(p), logged.y(p), logged.z(p), slotOfFace[face], minCross);
        best = Math.min(best, d2);
      }
      if (best != state.at(face)) {
        throw new IllegalStateException("Wrong distance of face " + face);
      }
    }
    FaceDistances lowered = state.copy();
    lowered.lower(candidate);
    if (lowered.mean() != state.meanIfLowered(candidate)) {
      throw new IllegalStateException("Wrong mean of the candidate");
    }
  }

  /** The state of a scene from all its points. */
  @Benchmark
  public double firstState() {
    FaceDistances fresh = new FaceDistances(bvh, MIN_AREA);
    fresh.lower(logged);
    return fresh.mean();
  }

  /** One further candidate. */
  @Benchmark
  public double candidate() {
    return state.meanIfLowered(candidate);
  }
}
