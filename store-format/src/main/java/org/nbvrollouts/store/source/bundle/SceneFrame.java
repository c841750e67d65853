package org.nbvrollouts.store.source.bundle;

import java.util.Locale;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Unit and up axis of the files of a bundle, and the way into the world: metres, z up. The up axis
 * is turned to +z by a rotation that permutes axes, so that no coordinate is rounded.
 */
final class SceneFrame {
  static final SceneFrame METRES_Z_UP = of("m", "+z");

  private final double metresPerUnit;
  private final Pose12 worldFromScene;

  private SceneFrame(double metresPerUnit, Pose12 worldFromScene) {
    this.metresPerUnit = metresPerUnit;
    this.worldFromScene = worldFromScene;
  }

  /**
   * A frame by the texts of {@code scene.toml}.
   *
   * @throws IllegalArgumentException if a text is unknown
   */
  static SceneFrame of(String units, String up) {
    return new SceneFrame(metres(units), rotation(up));
  }

  private static double metres(String units) {
    return switch (units) {
      case "m" -> 1.0;
      case "dm" -> 0.1;
      case "cm" -> 0.01;
      case "mm" -> 0.001;
      default ->
          throw new IllegalArgumentException(
              "Invalid units: " + units + " (expected m, dm, cm or mm)");
    };
  }

  private static Pose12 rotation(String up) {
    return switch (up.toLowerCase(Locale.ROOT)) {
      case "+z", "z" -> Pose12.IDENTITY;
      case "-z" -> new Pose12(1, 0, 0, 0, -1, 0, 0, 0, -1, 0, 0, 0);
      case "+y", "y" -> new Pose12(1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0);
      case "-y" -> new Pose12(1, 0, 0, 0, 0, 1, 0, -1, 0, 0, 0, 0);
      case "+x", "x" -> new Pose12(0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0);
      case "-x" -> new Pose12(0, -1, 0, 0, 0, 1, -1, 0, 0, 0, 0, 0);
      default ->
          throw new IllegalArgumentException(
              "Invalid up: " + up + " (expected +x, -x, +y, -y, +z or -z)");
    };
  }

  double metresPerUnit() {
    return metresPerUnit;
  }

  /** Rotation by an angle about the up axis of the files, in their frame. */
  Pose12 turnAboutUp(double radians) {
    double cosine = StrictMath.cos(radians);
    double sine = StrictMath.sin(radians);
    Pose12 aboutZ = new Pose12(cosine, -sine, 0, sine, cosine, 0, 0, 0, 1, 0, 0, 0);
    return worldFromScene.inverse().compose(aboutZ).compose(worldFromScene);
  }

  /** World position of a point of the files. */
  Point3 toWorld(double x, double y, double z) {
    return worldFromScene.apply(x * metresPerUnit, y * metresPerUnit, z * metresPerUnit);
  }

  /** World pose of a pose of the files. */
  Pose12 toWorld(Pose12 sceneFromAny) {
    return worldFromScene.compose(
        new Pose12(
            sceneFromAny.r00(),
            sceneFromAny.r01(),
            sceneFromAny.r02(),
            sceneFromAny.r10(),
            sceneFromAny.r11(),
            sceneFromAny.r12(),
            sceneFromAny.r20(),
            sceneFromAny.r21(),
            sceneFromAny.r22(),
            sceneFromAny.tx() * metresPerUnit,
            sceneFromAny.ty() * metresPerUnit,
            sceneFromAny.tz() * metresPerUnit));
  }

  /** The mesh in world metres; the given one if nothing changes. */
  TriangleMesh toWorld(TriangleMesh mesh) {
    if (metresPerUnit == 1.0 && worldFromScene.equals(Pose12.IDENTITY)) {
      return mesh;
    }
    TriangleMesh.Builder world = TriangleMesh.builder();
    for (int vertex = 0; vertex < mesh.vertexCount(); vertex++) {
      Point3 point =
          toWorld(
              mesh.coordinate(vertex, 0), mesh.coordinate(vertex, 1), mesh.coordinate(vertex, 2));
      world.addVertex((float) point.x(), (float) point.y(), (float) point.z());
    }
    for (int face = 0; face < mesh.faceCount(); face++) {
      world.addFace(mesh.vertexOf(face, 0), mesh.vertexOf(face, 1), mesh.vertexOf(face, 2));
    }
    return world.build();
  }
}
