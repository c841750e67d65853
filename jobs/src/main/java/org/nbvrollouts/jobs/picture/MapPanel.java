package org.nbvrollouts.jobs.picture;

import java.awt.Color;
import java.awt.Stroke;
import java.util.ArrayList;
import java.util.List;
import org.nbvrollouts.jobs.explain.CandidateCase;
import org.nbvrollouts.pipeline.camera.PinholeCamera;
import org.nbvrollouts.pipeline.candidate.CandidateExplanation.PathPoint;
import org.nbvrollouts.pipeline.candidate.RuleMeasurement;
import org.nbvrollouts.pipeline.geometry.PointBuffer;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

/** The move, the target and the points around them, seen through one projection. */
final class MapPanel {
  /** Surfaces that face the viewer more than this hide the map and are left out. */
  private static final double FACING = 0.8;

  private static final double FRUSTUM_METRES = 0.3;
  private static final double DOT = 3.2;
  private static final double ADDED_DOT = 6.5;

  private final CandidateCase candidate;
  private final MapCanvas canvas;
  private final MapBounds bounds;

  MapPanel(CandidateCase candidate, MapCanvas canvas, MapBounds bounds) {
    this.candidate = candidate;
    this.canvas = canvas;
    this.bounds = bounds;
  }

  void draw() {
    surroundings(candidate.origin().mesh());
    faces(candidate.target().keptFaces());
    extent();
    box();
    points();
    clearance();
    path();
    frustum(candidate.node().worldFromReference(), PictureColours.REFERENCE);
    frustum(candidate.why().worldFromCamera(), PictureColours.CANDIDATE);
  }

  private void surroundings(TriangleMesh mesh) {
    for (int face = 0; face < mesh.faceCount(); face++) {
      Point3 a = corner(mesh, face, 0);
      Point3 b = corner(mesh, face, 1);
      Point3 c = corner(mesh, face, 2);
      if (isNear(a, b, c) && !facesViewer(a, b, c)) {
        canvas.triangle(a, b, c, null, PictureColours.SURFACE);
      }
    }
  }

  private void faces(TriangleMesh kept) {
    for (int face = 0; face < kept.faceCount(); face++) {
      canvas.triangle(
          corner(kept, face, 0),
          corner(kept, face, 1),
          corner(kept, face, 2),
          PictureColours.KEPT_FACE,
          PictureColours.KEPT_EDGE);
    }
  }

  private static Point3 corner(TriangleMesh mesh, int face, int corner) {
    int vertex = mesh.vertexOf(face, corner);
    return new Point3(
        mesh.coordinate(vertex, 0), mesh.coordinate(vertex, 1), mesh.coordinate(vertex, 2));
  }

  /** True if a triangle could show and reaches into the slab of the map. */
  private boolean isNear(Point3 a, Point3 b, Point3 c) {
    double low = Math.min(w(a), Math.min(w(b), w(c)));
    double high = Math.max(w(a), Math.max(w(b), w(c)));
    if (high < bounds.lowW() || low > bounds.highW()) {
      return false;
    }
    return canvas.shows(
        Math.min(canvas.x(a), Math.min(canvas.x(b), canvas.x(c))),
        Math.max(canvas.x(a), Math.max(canvas.x(b), canvas.x(c))),
        Math.min(canvas.y(a), Math.min(canvas.y(b), canvas.y(c))),
        Math.max(canvas.y(a), Math.max(canvas.y(b), canvas.y(c))));
  }

  private double w(Point3 p) {
    return canvas.projection().w(p.x(), p.y(), p.z());
  }

  private boolean facesViewer(Point3 a, Point3 b, Point3 c) {
    double[] e = {b.x() - a.x(), b.y() - a.y(), b.z() - a.z()};
    double[] f = {c.x() - a.x(), c.y() - a.y(), c.z() - a.z()};
    double nx = e[1] * f[2] - e[2] * f[1];
    double ny = e[2] * f[0] - e[0] * f[2];
    double nz = e[0] * f[1] - e[1] * f[0];
    double length = Math.sqrt(nx * nx + ny * ny + nz * nz);
    double along = canvas.projection().w(nx, ny, nz);
    return Math.abs(along) > FACING * length;
  }

  private void extent() {
    AxisAlignedBox extent = candidate.origin().sample().actor().occupancyExtent();
    edges(Pose12.IDENTITY, extent, 0, PictureColours.EXTENT, PictureColours.LONG_DASHED);
  }

  private void box() {
    TargetBox box = TargetBox.of(candidate);
    edges(box.worldFromObject(), box.bounds(), 0, PictureColours.TARGET, PictureColours.LINE);
    edges(
        box.worldFromObject(),
        box.bounds(),
        box.marginMetres(),
        PictureColours.TARGET,
        PictureColours.DASHED);
  }

  private void edges(
      Pose12 worldFromObject, AxisAlignedBox bounds, double margin, Color colour, Stroke stroke) {
    for (TargetBox.Edge edge : TargetBox.edges(worldFromObject, bounds, margin)) {
      canvas.line(edge.from(), edge.to(), colour, stroke);
    }
  }

  private void points() {
    PointBuffer current = candidate.node().targetState().points();
    for (int i = 0; i < current.size(); i++) {
      canvas.dot(at(current, i), DOT, PictureColours.CURRENT);
    }
    PointBuffer seen = candidate.node().cloud(candidate.shellIndex());
    for (int i = 0; i < seen.size(); i++) {
      canvas.ring(at(seen, i), DOT, PictureColours.OUTSIDE, PictureColours.THIN);
    }
    PointBuffer inside = candidate.score().insideCrop();
    for (int i = 0; i < inside.size(); i++) {
      canvas.dot(at(inside, i), ADDED_DOT, Color.WHITE);
      canvas.dot(at(inside, i), ADDED_DOT - 1.5, PictureColours.CANDIDATE);
    }
  }

  private static Point3 at(PointBuffer points, int i) {
    return new Point3(points.x(i), points.y(i), points.z(i));
  }

  /** Where a rule about distance failed, a circle as large as what it wants. */
  private void clearance() {
    for (RuleMeasurement rule : candidate.why().rules()) {
      if (rule.answer() == RuleMeasurement.Answer.FAILED) {
        switch (rule.quantity()) {
          case MESH_DISTANCE -> required(candidate.why().worldFromCamera().translation(), rule);
          case PATH_CLEARANCE -> required(narrowest(), rule);
          default -> {
            // Other rules are about no place.
          }
        }
      }
    }
  }

  private void required(Point3 at, RuleMeasurement rule) {
    canvas.sphere(at, rule.threshold(), PictureColours.CANDIDATE, PictureColours.DASHED);
    canvas.dot(at, ADDED_DOT, PictureColours.CANDIDATE);
  }

  private Point3 narrowest() {
    PathPoint narrowest = candidate.why().path().get(0);
    for (PathPoint point : candidate.why().path()) {
      narrowest = point.meshDistanceMetres() < narrowest.meshDistanceMetres() ? point : narrowest;
    }
    return narrowest.world();
  }

  private void path() {
    List<PathPoint> path = candidate.why().path();
    canvas.line(
        path.get(0).world(),
        path.get(path.size() - 1).world(),
        PictureColours.INK,
        PictureColours.DOTTED);
  }

  private void frustum(Pose12 worldFromCamera, Color colour) {
    PinholeCamera camera = candidate.node().scoringCamera();
    double left = camera.rayX(0);
    double right = camera.rayX(camera.width() - 1);
    double top = camera.rayY(0);
    double bottom = camera.rayY(camera.height() - 1);
    List<Point3> corners = new ArrayList<>();
    for (double[] ray :
        new double[][] {{left, top}, {right, top}, {right, bottom}, {left, bottom}}) {
      double x = ray[0] * FRUSTUM_METRES;
      double y = ray[1] * FRUSTUM_METRES;
      corners.add(worldFromCamera.apply(x, y, FRUSTUM_METRES));
    }
    Point3 origin = worldFromCamera.translation();
    for (int i = 0; i < corners.size(); i++) {
      canvas.line(origin, corners.get(i), colour, PictureColours.LINE);
      canvas.line(
          corners.get(i), corners.get((i + 1) % corners.size()), colour, PictureColours.LINE);
    }
    canvas.dot(origin, 2 * DOT, colour);
  }
}
