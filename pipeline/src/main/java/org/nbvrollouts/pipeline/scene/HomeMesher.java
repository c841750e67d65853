package org.nbvrollouts.pipeline.scene;

import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.store.source.TriangleMesh;

/** Builds the mesh of a furnished home at a detail that meets a triangle budget. */
final class HomeMesher {
  private static final double COARSE = 0.5;
  private static final double COARSEST = 0.15;
  private static final double FINEST = 12;
  private static final int ROUNDS = 14;
  private static final double MARGIN = 0.08;
  private static final double TOLERANCE = 0.04;
  private static final double MIXED_WINDING_SHARE = 0.12;

  /** A built home: mesh, owner of each face, and the bounds of each object in its own frame. */
  record BuiltHome(TriangleMesh mesh, FaceOwners owners, List<ObjectBounds> bounds) {}

  private HomeMesher() {}

  /**
   * Builds the home at the detail that comes closest to a random number of triangles within the
   * bounds, but no coarser than {@link #COARSE} unless the upper bound asks for it.
   */
  static BuiltHome build(HomeLayout layout, SceneRandom random, SyntheticSceneConfig config) {
    double ratio = (double) config.maxTriangles() / config.minTriangles();
    double share = random.uniform(MARGIN, 1 - MARGIN);
    BuiltHome best = buildAt(layout, random, COARSE);
    double wanted =
        Math.min(
            Math.max(config.minTriangles() * StrictMath.pow(ratio, share), best.mesh().faceCount()),
            config.maxTriangles() * (1 - MARGIN));
    double low = COARSEST;
    double high = FINEST;
    for (int round = 0; round < ROUNDS && misses(best, wanted) > TOLERANCE; round++) {
      double detail = Math.sqrt(low * high);
      BuiltHome built = buildAt(layout, random, detail);
      if (misses(built, wanted) < misses(best, wanted)) {
        best = built;
      }
      if (built.mesh().faceCount() < wanted) {
        low = detail;
      } else {
        high = detail;
      }
    }
    return best;
  }

  private static double misses(BuiltHome built, double wanted) {
    return Math.abs(built.mesh().faceCount() - wanted) / wanted;
  }

  private static BuiltHome buildAt(HomeLayout layout, SceneRandom random, double detail) {
    MeshBuilder mesh = new MeshBuilder();
    WallMesher.draw(layout.plan(), mesh);
    List<ObjectBounds> bounds = new ArrayList<>();
    List<PlacedObject> objects = layout.objects();
    for (int index = 0; index < objects.size(); index++) {
      PlacedObject object = objects.get(index);
      mesh.startObject(index);
      int firstFace = mesh.faceCount();
      Brush brush = Brush.of(mesh, object.worldFromObject(), detail);
      object.piece().draw(brush);
      bounds.add(brush.bounds());
      if (random.child("winding", index).chance(MIXED_WINDING_SHARE)) {
        mesh.mixWinding(firstFace, 3);
      }
    }
    return new BuiltHome(mesh.toMesh(), mesh.toFaceOwners(), bounds);
  }
}
