package org.nbvrollouts.pipeline.candidate;

import org.nbvrollouts.pipeline.random.CounterRandom;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.Point3;

/**
 * How one row of a candidate table was drawn (specification generation 4.2, 4.3 and 4.6).
 *
 * @param component index of the component
 * @param componentName name of the component
 * @param row position among the rows of its component
 * @param componentSeed seed of the numbers of this component at this node
 * @param uniforms numbers of this row
 * @param offsetLocal the move (x left, y up, z forward), metres: in the sampling frame, for a
 *     target orbit in that of the physical camera
 * @param radiusMetres length of the move
 * @param jitterYawRad turn added to the view, to the left
 * @param jitterPitchRad turn added to the view, upwards
 * @param jitterRollRad turn added about the viewing axis
 */
public record CandidateDraw(
    int component,
    String componentName,
    PositionFamily family,
    ViewStrategy view,
    int row,
    long componentSeed,
    Uniforms uniforms,
    Point3 offsetLocal,
    double radiusMetres,
    double jitterYawRad,
    double jitterPitchRad,
    double jitterRollRad) {

  /**
   * The uniform numbers of a row, each in [0, 1): two for the direction, then one each.
   *
   * @param direction1 U₁ of the direction
   * @param direction2 U₂ of the direction
   */
  public record Uniforms(
      double direction1, double direction2, double radius, double yaw, double pitch, double roll) {

    /** Numbers per row; two are unused. */
    private static final long SLOTS = 8;

    static Uniforms of(CounterRandom random, int row) {
      long k = SLOTS * row;
      return new Uniforms(
          random.doubleAt(k),
          random.doubleAt(k + 1),
          random.doubleAt(k + 2),
          random.doubleAt(k + 3),
          random.doubleAt(k + 4),
          random.doubleAt(k + 5));
    }
  }
}
