package org.nbvrollouts.pipeline.scene;

import java.util.List;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.source.CameraCalibration;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.PoseTrajectory;
import org.nbvrollouts.store.source.TriangleMesh;
import org.nbvrollouts.store.source.bundle.SparsePointSampler;

/**
 * Samples semidense points by casting rays through random pixels of the logged cameras. The noise
 * along a ray is that of an inverse distance with a known standard deviation, so it grows with the
 * squared distance. Points on large faces are thinned out, as plain walls give few features. The
 * frames take turns, so that any prefix covers the whole snippet. Deterministic per sample key;
 * thread-safe.
 */
public final class VisiblePointSampler implements SparsePointSampler {
  private static final double FAR_METRES = 8;
  private static final double PLAIN_FACE_M2 = 0.05;
  private static final double PLAIN_FACE_SHARE = 0.4;
  private static final double LEAST_STD = 0.0008;
  private static final double MOST_STD = 0.004;
  private static final double CLIP_SIGMAS = 2.5;

  private final int pointsPerSnippet;

  /**
   * A sampler for imported scenes.
   *
   * @param pointsPerSnippet rays that may give a point, per snippet; rays into the void give none
   */
  public VisiblePointSampler(int pointsPerSnippet) {
    if (pointsPerSnippet < 1) {
      throw new RefusedInputException(
          "Invalid points per snippet: " + pointsPerSnippet + " (expected at least 1)");
    }
    this.pointsPerSnippet = pointsPerSnippet;
  }

  @Override
  public SceneSampler prepare(TriangleMesh mesh) {
    Bvh bvh = Bvh.build(mesh);
    return (trajectory, calibrations, sampleKey) ->
        sample(
                mesh,
                bvh,
                trajectory,
                calibrations,
                pointsPerSnippet,
                new SceneRandom(0).child(sampleKey))
            .toSparsePoints();
  }

  /** Samples up to {@code wanted} points, the frames taking turns. */
  static SampledPoints sample(
      TriangleMesh mesh,
      Bvh bvh,
      PoseTrajectory trajectory,
      List<CameraCalibration> calibrations,
      int wanted,
      SceneRandom random) {
    SampledPoints points = new SampledPoints();
    RigCamera eye = new RigCamera(bvh, calibrations.get(0));
    for (int i = 0; i < wanted; i++) {
      int frame = i % trajectory.size();
      Pose12 pose = trajectory.worldFromRig().get(frame);
      eye.moveTo(pose, calibrations.get(frame));
      sampleOne(mesh, eye, frame, points, random);
    }
    return points;
  }

  /** Tries a few pixels until one gives a point. */
  private static void sampleOne(
      TriangleMesh mesh, RigCamera eye, int frame, SampledPoints points, SceneRandom random) {
    for (int attempt = 0; attempt < 4; attempt++) {
      double u = random.uniform(0, eye.camera().width() - 1);
      double v = random.uniform(0, eye.camera().height() - 1);
      if (!eye.camera().isInView(u, v) || !eye.look(u, v, FAR_METRES)) {
        continue;
      }
      if (area(mesh, eye.face()) > PLAIN_FACE_M2 && !random.chance(PLAIN_FACE_SHARE)) {
        continue;
      }
      double std = random.uniform(LEAST_STD, MOST_STD);
      double noise = Math.min(CLIP_SIGMAS, Math.max(-CLIP_SIGMAS, random.gaussian()));
      double distance = 1 / (1 / eye.distance() + std * noise);
      points.add(
          eye.along(distance, 0),
          eye.along(distance, 1),
          eye.along(distance, 2),
          std,
          frame,
          eye.face());
      return;
    }
  }

  private static double area(TriangleMesh mesh, int face) {
    double[] u = new double[3];
    double[] v = new double[3];
    for (int axis = 0; axis < 3; axis++) {
      u[axis] = mesh.cornerCoordinate(face, 1, axis) - mesh.cornerCoordinate(face, 0, axis);
      v[axis] = mesh.cornerCoordinate(face, 2, axis) - mesh.cornerCoordinate(face, 0, axis);
    }
    double x = u[1] * v[2] - u[2] * v[1];
    double y = u[2] * v[0] - u[0] * v[2];
    double z = u[0] * v[1] - u[1] * v[0];
    return 0.5 * Math.sqrt(x * x + y * y + z * z);
  }
}
