package org.nbvrollouts.pipeline.oracle;

import java.util.function.IntPredicate;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.pipeline.target.OracleTarget;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * The box of a target grown by a margin, and what of points and mesh lies in it (specification
 * generation 6.4, policy {@code gt_obb_oriented_any_vertex_v1}). Bounds are inclusive; points that
 * are not finite are outside. Immutable.
 */
final class TargetCrop {
  private final Pose12 objectFromWorld;
  private final AxisAlignedBox bounds;

  private TargetCrop(Pose12 objectFromWorld, AxisAlignedBox bounds) {
    this.objectFromWorld = objectFromWorld;
    this.bounds = bounds;
  }

  /** The crop of a target's true box, grown on all sides. */
  static TargetCrop of(OracleTarget target, double marginMetres) {
    return new TargetCrop(
        target.worldFromObject().inverse(), grown(target.boundsObject(), marginMetres));
  }

  /** This crop grown further. */
  TargetCrop grownBy(double metres) {
    return new TargetCrop(objectFromWorld, grown(bounds, metres));
  }

  /** True if the world point lies in the crop. */
  boolean contains(double x, double y, double z) {
    return bounds.contains(
        objectFromWorld.applyX(x, y, z),
        objectFromWorld.applyY(x, y, z),
        objectFromWorld.applyZ(x, y, z));
  }

  /** The points inside, in their order, in a new buffer. */
  PointBuffer inside(PointBuffer points) {
    PointBuffer kept = new PointBuffer(Math.min(points.size(), 1024));
    appendInside(points, kept);
    return kept;
  }

  /** Appends the points inside, in their order. */
  void appendInside(PointBuffer points, PointBuffer out) {
    for (int i = 0; i < points.size(); i++) {
      double x = points.x(i);
      double y = points.y(i);
      double z = points.z(i);
      if (contains(x, y, z)) {
        out.add(x, y, z);
      }
    }
  }

  /** The faces with a vertex inside, in their order; possibly none. */
  TriangleMesh crop(TriangleMesh mesh) {
    IntPredicate inside =
        vertex ->
            contains(
                mesh.coordinate(vertex, 0), mesh.coordinate(vertex, 1), mesh.coordinate(vertex, 2));
    return AnyVertexCrop.crop(mesh, inside);
  }

  private static AxisAlignedBox grown(AxisAlignedBox box, double metres) {
    return new AxisAlignedBox(
        box.minX() - metres,
        box.maxX() + metres,
        box.minY() - metres,
        box.maxY() + metres,
        box.minZ() - metres,
        box.maxZ() + metres);
  }
}
