package org.nbvrollouts.pipeline.geometry;

import org.nbvrollouts.store.source.Pose12;

/**
 * Linear functions of world points that give pixels of a {@link RayGrid}: column times depth, row
 * times depth, and depth, with bounds of what float arithmetic makes of them. Columns and rows
 * count from the middle of the grid here.
 *
 * <p>They are rows of a matrix P and offsets P·o for the origin o. A hit at ray parameter t is the
 * point h = o + t·R·(x, y, 1), so its depth is t and the quotients are the column and row of its
 * ray, but for the rounding of R·(x, y, 1) in double.
 *
 * <p>Rounding. Let L be the largest absolute coordinate of the mesh, u = 2⁻²⁴, S the sum of the
 * absolute entries of a row of P, and o within 2L. For a point within 1.01L, in units of uLS:
 * rounding the entries costs 3.1 because the offset is that of the rounded ones, the products 1.1,
 * the two sums 2.1, the offset 2, the difference 3.1, and adding a margin 3.1, together less than
 * 15. {@link #margins} are 16, which leaves room for the rays. If the origin is subtracted first,
 * as two floats, and D is the sum of the absolute coordinates of the difference, the differences
 * cost 2.5uDS, entries, products and sums 4uDS, less than 8uDS in all. {@link GridProjector} says
 * what that makes of the edges of faces.
 *
 * <p>Poses far from rotations, uneven grids, and what lies outside of the range where this is
 * proven are not accepted. {@link FloatRay} accepts every ray of an accepted view: entries of R are
 * at most 2, so no component of R·(x, y, 1) exceeds 2¹⁹, and entries of its inverse are at most 2,
 * so the largest component is at least 1/6. One instance belongs to one thread.
 */
final class GridProjection {
  static final int COLUMN = 0;
  static final int ROW = 1;
  static final int DEPTH = 2;

  /** Rows and columns of a grid at most. */
  private static final int MOST_PIXELS = 4096;

  private static final double MARGIN = 16 * 0x1p-24;

  private static final float EDGE_ERROR = 48 * 0x1p-24f;
  private static final double PREDICATE_ERROR = 0x1p-46;

  /** Size of the mesh in pixels times depth at most: no product of the edges overflows. */
  private static final double LARGEST_REACH = 0x1p40;

  private static final double ORIGIN_REACH = 2;
  private static final double LARGEST_ENTRY = 2;
  private static final double LEAST_DETERMINANT = 0.5;
  private static final double LARGEST_RAY = 0x1p17;
  private static final double LEAST_STEP = 0x1p-20;
  private static final double LEAST_NEAR = 0x1p-40;
  private static final double LARGEST_SCALE = 0x1p30;
  private static final double ROUND_DOWN = 1 - 0x1p-22;

  /** Entries of P, three per function. */
  final float[] factors = new float[9];

  /** P·o, per function. */
  final float[] offsets = new float[3];

  /** Largest error of a function. */
  final float[] margins = new float[3];

  /** The origin, and what rounding it left out. */
  final float[] origins = new float[3];

  final float[] originRests = new float[3];

  /** Error of an edge function per sum of the coordinates of its corner and per sum of its edge. */
  float edgeError;

  /** What {@link RayTriangle} may err in it, per squared sum of the coordinates of the corner. */
  float predicateError;

  /** Per factor the coordinate of a box, 0 to 5, with which the function is least. */
  final int[] least = new int[9];

  /** Per factor the coordinate of a box with which the function is largest. */
  final int[] largest = new int[9];

  /** A float that is at most the least wanted ray parameter. */
  float nearest;

  /**
   * Depth from which errors of the pixels in and beside the grid are at most one pixel; more than
   * the least wanted one.
   */
  float cornerDepth;

  /** Largest column and row; the least ones are its negative. */
  float lastColumn;

  float lastRow;
  private final double largestCoordinate;

  GridProjection(float largestCoordinate) {
    boolean isInRange =
        largestCoordinate >= 1 / LARGEST_SCALE && largestCoordinate <= LARGEST_SCALE;
    this.largestCoordinate = isInRange ? largestCoordinate : -1;
  }

  /** Takes a view; false if the bounds are not proven for it. */
  boolean prepare(Pose12 pose, double nearestWanted, RayGrid grid) {
    double[] inverse = inverseRotation(pose);
    if (!isAccepted(grid.stepX(), grid.x(0), grid.x(grid.columns() - 1), grid.columns())
        || !isAccepted(grid.stepY(), grid.y(0), grid.y(grid.rows() - 1), grid.rows())
        || !isAccepted(pose, inverse)
        || !(nearestWanted >= LEAST_NEAR * largestCoordinate && nearestWanted <= LARGEST_SCALE)) {
      return false;
    }
    nearest = (float) (nearestWanted * ROUND_DOWN);
    lastColumn = 0.5f * (grid.columns() - 1);
    lastRow = 0.5f * (grid.rows() - 1);
    double middleX = 0.5 * (grid.x(0) + grid.x(grid.columns() - 1));
    double middleY = 0.5 * (grid.y(0) + grid.y(grid.rows() - 1));
    double[] origin = {pose.tx(), pose.ty(), pose.tz()};
    for (int axis = 0; axis < 3; axis++) {
      double depth = inverse[6 + axis];
      set(COLUMN, axis, (inverse[axis] - middleX * depth) / grid.stepX());
      set(ROW, axis, (inverse[3 + axis] - middleY * depth) / grid.stepY());
      set(DEPTH, axis, depth);
    }
    float sum = Math.max(measure(COLUMN, origin), measure(ROW, origin));
    float depthSum = measure(DEPTH, origin);
    if (!(sum * largestCoordinate <= LARGEST_REACH)) {
      return false;
    }
    edgeError = EDGE_ERROR * sum * (depthSum * (lastColumn + lastRow + 1) + sum);
    predicateError = (float) (PREDICATE_ERROR * sum * sum * depthSum * (largestRay(grid) + 1));
    for (int axis = 0; axis < 3; axis++) {
      origins[axis] = (float) origin[axis];
      originRests[axis] = (float) (origin[axis] - origins[axis]);
    }
    cornerDepth =
        Math.max(
            Math.nextUp(nearest),
            Math.max(indexError(COLUMN, lastColumn), indexError(ROW, lastRow)));
    return true;
  }

  /** Largest absolute component along columns and largest along rows, added. */
  private static double largestRay(RayGrid grid) {
    return Math.max(Math.abs(grid.x(0)), Math.abs(grid.x(grid.columns() - 1)))
        + Math.max(Math.abs(grid.y(0)), Math.abs(grid.y(grid.rows() - 1)));
  }

  private static boolean isAccepted(double step, double first, double last, int count) {
    return Math.abs(step) >= LEAST_STEP
        && count <= MOST_PIXELS
        && Math.abs(first) <= LARGEST_RAY
        && Math.abs(last) <= LARGEST_RAY;
  }

  private boolean isAccepted(Pose12 p, double[] inverse) {
    double reach = largestOf(p.tx(), p.ty(), p.tz());
    double entry =
        largestOf(
            largestOf(p.r00(), p.r01(), p.r02()),
            largestOf(p.r10(), p.r11(), p.r12()),
            largestOf(p.r20(), p.r21(), p.r22()));
    boolean isAccepted = reach <= ORIGIN_REACH * largestCoordinate && entry <= LARGEST_ENTRY;
    for (double inverseEntry : inverse) {
      isAccepted &= Math.abs(inverseEntry) <= LARGEST_ENTRY;
    }
    return isAccepted;
  }

  private static double largestOf(double a, double b, double c) {
    return Math.max(Math.max(Math.abs(a), Math.abs(b)), Math.abs(c));
  }

  /** Camera from world, row by row; NaN for poses that hardly have an inverse. */
  private static double[] inverseRotation(Pose12 p) {
    double[] adjugate = {
      p.r11() * p.r22() - p.r12() * p.r21(),
      p.r02() * p.r21() - p.r01() * p.r22(),
      p.r01() * p.r12() - p.r02() * p.r11(),
      p.r12() * p.r20() - p.r10() * p.r22(),
      p.r00() * p.r22() - p.r02() * p.r20(),
      p.r02() * p.r10() - p.r00() * p.r12(),
      p.r10() * p.r21() - p.r11() * p.r20(),
      p.r01() * p.r20() - p.r00() * p.r21(),
      p.r00() * p.r11() - p.r01() * p.r10()
    };
    double determinant = p.r00() * adjugate[0] + p.r01() * adjugate[3] + p.r02() * adjugate[6];
    double scale = determinant >= LEAST_DETERMINANT ? 1 / determinant : Double.NaN;
    for (int i = 0; i < adjugate.length; i++) {
      adjugate[i] *= scale;
    }
    return adjugate;
  }

  private void set(int function, int axis, double factor) {
    int at = 3 * function + axis;
    // Not 0: times infinity, in the boxes of places that are not used, that is not a number.
    factors[at] = Math.abs(factor) < Float.MIN_NORMAL ? Float.MIN_NORMAL : (float) factor;
    least[at] = factors[at] < 0 ? axis + 3 : axis;
    largest[at] = factors[at] < 0 ? axis : axis + 3;
  }

  /** Sets offset and margin; returns the sum of the absolute entries. */
  private float measure(int function, double[] origin) {
    double offset = 0;
    double sum = 0;
    for (int axis = 0; axis < 3; axis++) {
      float factor = factors[3 * function + axis];
      offset += factor * origin[axis];
      sum += Math.abs(factor);
    }
    offsets[function] = (float) offset;
    margins[function] = (float) (MARGIN * largestCoordinate * sum);
    return (float) sum;
  }

  /** Times the inverse depth, the error of a column or row that is at most two beside the grid. */
  float indexError(int function, float last) {
    return margins[function] + (last + 3) * margins[DEPTH];
  }

  /** A function of a point. */
  float value(int function, float x, float y, float z) {
    return direction(function, x, y, z) - offsets[function];
  }

  /** A function of a point relative to the origin. */
  float direction(int function, float x, float y, float z) {
    int at = 3 * function;
    return factors[at] * x + factors[at + 1] * y + factors[at + 2] * z;
  }
}
