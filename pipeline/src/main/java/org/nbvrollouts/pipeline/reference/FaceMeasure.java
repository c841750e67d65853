package org.nbvrollouts.pipeline.reference;

import java.util.List;
import org.nbvrollouts.store.source.Point3;

/** Measures points against some faces and the faces against the points. */
interface FaceMeasure {

  /** True without a face. */
  boolean isEmpty();

  /** Error of at least one point against at least one face. */
  ReferenceError error(List<Point3> points);

  /** Error of all points of two lists, the first ones first. */
  ReferenceError error(List<Point3> first, List<Point3> second);
}
