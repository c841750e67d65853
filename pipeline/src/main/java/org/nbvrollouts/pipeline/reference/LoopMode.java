package org.nbvrollouts.pipeline.reference;

import java.util.function.Predicate;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.TriangleMesh;

/** Which pairs the loops of the reference look at; the numbers are the same. */
public enum LoopMode {
  /** Every one. */
  ALL {
    @Override
    FaceMeasure faces(TriangleMesh mesh, Predicate<Point3> insideWorld, double minAreaM2) {
      return ReferenceFaces.of(mesh, insideWorld, minAreaM2);
    }

    @Override
    RayMeasure rays(TriangleMesh mesh) {
      return new ReferenceRays(mesh);
    }
  },
  /** Those of groups that are near enough to matter, on all cores. */
  GROUPED {
    @Override
    FaceMeasure faces(TriangleMesh mesh, Predicate<Point3> insideWorld, double minAreaM2) {
      return new GroupedFaces(ReferenceFaces.inside(mesh, insideWorld), minAreaM2);
    }

    @Override
    RayMeasure rays(TriangleMesh mesh) {
      return new GroupedRays(mesh);
    }
  };

  /** The faces with at least one vertex inside. */
  abstract FaceMeasure faces(TriangleMesh mesh, Predicate<Point3> insideWorld, double minAreaM2);

  abstract RayMeasure rays(TriangleMesh mesh);
}
