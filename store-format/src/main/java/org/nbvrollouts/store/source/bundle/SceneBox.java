package org.nbvrollouts.store.source.bundle;

import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * One object box of a scene. Zero thickness and boxes inside boxes are data.
 *
 * @param id name of the object, unique among boxes of the same source
 * @param className class of the object
 * @param worldFromObject pose of the box; its origin is the centre
 * @param sizeMetres full side lengths along the axes of the object
 * @param source who says so
 * @param confidence from 0 to 1
 */
public record SceneBox(
    String id,
    String className,
    Pose12 worldFromObject,
    Point3 sizeMetres,
    Source source,
    double confidence) {
  /** Who says that there is an object. */
  public enum Source {
    GROUND_TRUTH,
    DETECTED
  }
}
