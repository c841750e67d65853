package org.nbvrollouts.pipeline.reference;

import java.util.List;
import java.util.SplittableRandom;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * A motion that moves vertices on the grid of {@link HostileMeshes#rounded} without rounding:
 * quarter turns and a shift by multiples of 2⁻¹⁰.
 */
record RigidMotion(Pose12 after) {
  private static final Pose12[] QUARTER_TURNS = {
    new Pose12(1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0),
    new Pose12(0, 0, 1, 0, 1, 0, -1, 0, 0, 0, 0, 0),
    new Pose12(0, -1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0)
  };

  static RigidMotion random(SplittableRandom random) {
    Pose12 turns = Pose12.IDENTITY;
    for (int turn = 0; turn < 4; turn++) {
      turns = turns.compose(QUARTER_TURNS[random.nextInt(QUARTER_TURNS.length)]);
    }
    Point3 shift = new Point3(shift(random), shift(random), shift(random));
    return new RigidMotion(HostileScene.at(turns, shift));
  }

  private static double shift(SplittableRandom random) {
    return random.nextInt(-(1 << 15), 1 << 15) / 1024.0;
  }

  Pose12 move(Pose12 worldFromObject) {
    return after.compose(worldFromObject);
  }

  List<Point3> move(List<Point3> points) {
    return points.stream().map(this::move).toList();
  }

  private Point3 move(Point3 p) {
    return new Point3(
        after.applyX(p.x(), p.y(), p.z()),
        after.applyY(p.x(), p.y(), p.z()),
        after.applyZ(p.x(), p.y(), p.z()));
  }

  TriangleMesh move(TriangleMesh mesh) {
    float[] vertices = mesh.copyVertices();
    for (int i = 0; i < vertices.length; i += 3) {
      Point3 moved = move(new Point3(vertices[i], vertices[i + 1], vertices[i + 2]));
      vertices[i] = (float) moved.x();
      vertices[i + 1] = (float) moved.y();
      vertices[i + 2] = (float) moved.z();
    }
    return TriangleMesh.of(vertices, mesh.copyFaces());
  }
}
