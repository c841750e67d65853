package org.nbvrollouts.pipeline.scene;

import org.nbvrollouts.store.source.Pose12;

/**
 * Draws one object into a mesh: coordinates are given in the current local frame, and the object's
 * bounds are kept in object frame. Brushes in other frames share mesh, bounds and detail.
 */
final class Brush {
  private final MeshBuilder mesh;
  private final ObjectBounds bounds;
  private final Pose12 worldFromObject;
  private final Pose12 objectFromLocal;
  private final double detail;

  private Brush(
      MeshBuilder mesh,
      ObjectBounds bounds,
      Pose12 worldFromObject,
      Pose12 objectFromLocal,
      double detail) {
    this.mesh = mesh;
    this.bounds = bounds;
    this.worldFromObject = worldFromObject;
    this.objectFromLocal = objectFromLocal;
    this.detail = detail;
  }

  /**
   * A brush at the origin of an object.
   *
   * @param detail factor on the number of segments of curved surfaces
   */
  static Brush of(MeshBuilder mesh, Pose12 worldFromObject, double detail) {
    return new Brush(mesh, new ObjectBounds(), worldFromObject, Pose12.IDENTITY, detail);
  }

  /** The same object, drawn in a frame given relative to the current one. */
  Brush in(Pose12 localFromInner) {
    return new Brush(
        mesh, bounds, worldFromObject, objectFromLocal.compose(localFromInner), detail);
  }

  Brush at(double x, double y, double z) {
    return in(Frames.shift(x, y, z));
  }

  ObjectBounds bounds() {
    return bounds;
  }

  /** Number of segments for a curve that has {@code base} of them at detail 1. */
  int segments(int base, int least) {
    return Math.max(least, (int) (base * detail + 0.5));
  }

  int vertex(double x, double y, double z) {
    double ox = objectFromLocal.applyX(x, y, z);
    double oy = objectFromLocal.applyY(x, y, z);
    double oz = objectFromLocal.applyZ(x, y, z);
    bounds.include(ox, oy, oz);
    return mesh.addVertex(
        worldFromObject.applyX(ox, oy, oz),
        worldFromObject.applyY(ox, oy, oz),
        worldFromObject.applyZ(ox, oy, oz));
  }

  /** Two triangles over four corners in counter-clockwise order seen from outside. */
  void quad(int a, int b, int c, int d) {
    mesh.addTriangle(a, b, c);
    mesh.addTriangle(a, c, d);
  }
}
