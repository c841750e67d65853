package org.nbvrollouts.pipeline.reference;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.geometry.RayTriangle;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * The same hits as {@link ReferenceRays}, bit for bit, for meshes of many faces: groups that a ray
 * passes by are left out.
 */
final class GroupedRays implements RayMeasure {
  private final List<float[]> corners;
  private final float padMetres;
  private final SphereGroups faces;

  GroupedRays(TriangleMesh mesh) {
    corners =
        IntStream.range(0, mesh.faceCount())
            .mapToObj(face -> ReferenceFaces.corners(mesh, face))
            .toList();
    padMetres = RayTriangle.padFor(ReferenceRays.largestCoordinate(corners));
    // A hit may lie beside its face by the pad along each axis.
    faces = FaceSpheres.of(corners, 4.0 * padMetres);
  }

  @Override
  public double[] nearest(Pose12 pose, List<Point3> directions, double least, double most) {
    Point3 origin = new Point3(pose.tx(), pose.ty(), pose.tz());
    int[] nearestFirst =
        IntStream.range(0, faces.groups())
            .boxed()
            .sorted(Comparator.comparingDouble(group -> nearness(group, origin)))
            .mapToInt(Integer::intValue)
            .toArray();
    return IntStream.range(0, directions.size())
        .parallel()
        .mapToDouble(i -> nearest(pose, directions.get(i), least, most, nearestFirst))
        .toArray();
  }

  private double nearness(int group, Point3 origin) {
    return faces.groupDistance(group, origin.x(), origin.y(), origin.z())
        - faces.groupRadius(group);
  }

  private double nearest(
      Pose12 pose, Point3 direction, double least, double most, int[] nearestFirst) {
    RayTriangle ray = new RayTriangle(padMetres);
    Point3 world = ReferenceRays.prepare(ray, pose, direction, least);
    double length =
        Math.sqrt(world.x() * world.x() + world.y() * world.y() + world.z() * world.z());
    Point3 unit = new Point3(world.x() / length, world.y() / length, world.z() / length);
    Point3 origin = new Point3(pose.tx(), pose.ty(), pose.tz());
    double slack = SphereGroups.slack(origin.x(), origin.y(), origin.z());
    double best = Double.POSITIVE_INFINITY;
    for (int group : nearestFirst) {
      if (nearness(group, origin) - slack > best * length) {
        break;
      }
      if (faces.mayMeet(group, origin, unit)) {
        for (int at = faces.start(group); at < faces.start(group + 1); at++) {
          double t = ray.intersect(corners.get(faces.item(at)), 0, most);
          best = t < best ? t : best;
        }
      }
    }
    return best;
  }
}
