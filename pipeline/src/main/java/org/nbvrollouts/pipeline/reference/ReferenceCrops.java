package org.nbvrollouts.pipeline.reference;

import java.util.List;
import org.nbvrollouts.store.source.Point3;

/**
 * Points inside the box of a target, world metres (specification generation 6.5).
 *
 * @param current those of the state, as they are scored
 * @param candidates those that each candidate adds
 */
public record ReferenceCrops(List<Point3> current, List<List<Point3>> candidates) {

  public ReferenceCrops {
    candidates = List.copyOf(candidates);
  }
}
