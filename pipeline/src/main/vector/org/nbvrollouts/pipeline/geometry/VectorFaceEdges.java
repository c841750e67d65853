package org.nbvrollouts.pipeline.geometry;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Edge functions of the faces of a block as a view projects them, eight at a time; {@link
 * GridProjector} says why no pixel is left out. The work is cut into methods that are small enough
 * for the compiler to keep all vectors in registers; between them values lie in rows of eight.
 */
final class VectorFaceEdges {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final int SIGN = 31;
  private static final int ROW = Bvh.BLOCK_FACES;
  private static final int CORNER = 3 * ROW;
  private static final int ONE = Float.floatToRawIntBits(1);

  private final float[] corners;

  /** Columns and rows of the three corners. */
  private final float[] projected = new float[9 * ROW];

  /** Largest of the absolute columns and rows, of the spans, of the inverse depths. */
  private final float[] reaches = new float[ROW];

  private final float[] spans = new float[ROW];
  private final float[] inverses = new float[ROW];

  /** Per edge what a column counts, what a row counts, and a constant. */
  private final float[] edges = new float[9 * ROW];

  private final float[] tolerances = new float[ROW];
  private final float[] areas = new float[ROW];
  private int used;
  private float middleColumn;
  private float middleRow;

  VectorFaceEdges(float[] corners) {
    this.corners = corners;
  }

  /** Projects the first faces of a block; false if one of them reaches too near. */
  boolean open(GridProjection view, int block, int count) {
    used = (1 << count) - 1;
    middleColumn = view.lastColumn;
    middleRow = view.lastRow;
    Arrays.fill(reaches, 0);
    Arrays.fill(spans, 0);
    Arrays.fill(inverses, 0);
    int tooNear = 0;
    for (int corner = 0; corner < 3; corner++) {
      tooNear |= project(view, block + CORNER * corner, CORNER * corner);
    }
    if ((tooNear & used) != 0) {
      return false;
    }
    measure(view);
    for (int corner = 0; corner < 3; corner++) {
      measureEdge(CORNER * corner, CORNER * (corner == 2 ? 0 : corner + 1));
    }
    return true;
  }

  /** Fills the rows of one corner; bits of those that are too near. */
  private int project(GridProjection view, int from, int to) {
    FloatVector x = difference(view, from, 0);
    FloatVector y = difference(view, from, 1);
    FloatVector z = difference(view, from, 2);
    FloatVector depth = value(view, GridProjection.DEPTH, x, y, z);
    FloatVector inverse = FloatVector.broadcast(FLOATS, 1f).div(depth);
    FloatVector column = value(view, GridProjection.COLUMN, x, y, z).mul(inverse);
    FloatVector row = value(view, GridProjection.ROW, x, y, z).mul(inverse);
    column.intoArray(projected, to);
    row.intoArray(projected, to + ROW);
    column
        .abs()
        .max(row.abs())
        .max(FloatVector.fromArray(FLOATS, reaches, 0))
        .intoArray(reaches, 0);
    x.abs()
        .add(y.abs())
        .add(z.abs())
        .max(FloatVector.fromArray(FLOATS, spans, 0))
        .intoArray(spans, 0);
    inverse.max(FloatVector.fromArray(FLOATS, inverses, 0)).intoArray(inverses, 0);
    return VectorLanes.negative(depth.sub(view.cornerDepth).reinterpretAsInts());
  }

  private FloatVector difference(GridProjection view, int from, int axis) {
    return FloatVector.fromArray(FLOATS, corners, from + ROW * axis)
        .sub(view.origins[axis])
        .sub(view.originRests[axis]);
  }

  private static FloatVector value(
      GridProjection view, int function, FloatVector x, FloatVector y, FloatVector z) {
    int at = 3 * function;
    return x.mul(view.factors[at])
        .add(y.mul(view.factors[at + 1]))
        .add(z.mul(view.factors[at + 2]));
  }

  /** Fills areas and tolerances. */
  private void measure(GridProjection view) {
    FloatVector ax = FloatVector.fromArray(FLOATS, projected, 0);
    FloatVector ay = FloatVector.fromArray(FLOATS, projected, ROW);
    FloatVector bx = FloatVector.fromArray(FLOATS, projected, CORNER);
    FloatVector by = FloatVector.fromArray(FLOATS, projected, CORNER + ROW);
    FloatVector cx = FloatVector.fromArray(FLOATS, projected, 2 * CORNER);
    FloatVector cy = FloatVector.fromArray(FLOATS, projected, 2 * CORNER + ROW);
    FloatVector abX = bx.sub(ax);
    FloatVector abY = by.sub(ay);
    FloatVector caX = ax.sub(cx);
    FloatVector caY = ay.sub(cy);
    FloatVector size = abX.abs().add(abY.abs()).add(caX.abs()).add(caY.abs());
    size = size.add(cx.sub(bx).abs()).add(cy.sub(by).abs());
    caX.mul(abY).sub(caY.mul(abX)).intoArray(areas, 0);
    FloatVector reach = FloatVector.fromArray(FLOATS, reaches, 0);
    FloatVector error =
        reach
            .mul(view.errorPerPixel())
            .add(view.errorInTheMiddle())
            .mul(FloatVector.fromArray(FLOATS, spans, 0))
            .mul(FloatVector.fromArray(FLOATS, inverses, 0));
    FloatVector rounding =
        reach.add(view.lastColumn + view.lastRow).mul(size).mul(GridProjector.EDGE_ERROR);
    error.mul(4f).mul(size.add(error)).add(rounding).intoArray(tolerances, 0);
  }

  /** Fills the function of the edge between two corners, positive inside of the face. */
  private void measureEdge(int from, int to) {
    FloatVector area = FloatVector.fromArray(FLOATS, areas, 0);
    FloatVector tolerance = FloatVector.fromArray(FLOATS, tolerances, 0);
    IntVector unsure =
        area.abs()
            .sub(tolerance.mul(GridProjector.UNSURE_AREA))
            .reinterpretAsInts()
            .lanewise(VectorOperators.ASHR, SIGN);
    IntVector sure = unsure.not();
    IntVector turn = area.reinterpretAsInts().and(Integer.MIN_VALUE);
    FloatVector ax = FloatVector.fromArray(FLOATS, projected, from);
    FloatVector ay = FloatVector.fromArray(FLOATS, projected, from + ROW);
    FloatVector dx = FloatVector.fromArray(FLOATS, projected, to).sub(ax);
    FloatVector dy = FloatVector.fromArray(FLOATS, projected, to + ROW).sub(ay);
    IntVector perColumn = dy.neg().reinterpretAsInts().lanewise(VectorOperators.XOR, turn);
    IntVector perRow = dx.reinterpretAsInts().lanewise(VectorOperators.XOR, turn);
    IntVector constant =
        dy.mul(ax)
            .sub(dx.mul(ay))
            .reinterpretAsInts()
            .lanewise(VectorOperators.XOR, turn)
            .reinterpretAsFloats()
            .add(tolerance)
            .reinterpretAsInts();
    perColumn.and(sure).reinterpretAsFloats().intoArray(edges, from);
    perRow.and(sure).reinterpretAsFloats().intoArray(edges, from + ROW);
    constant.and(sure).or(unsure.and(ONE)).reinterpretAsFloats().intoArray(edges, from + 2 * ROW);
  }

  /** Bits of the faces whose functions are all positive at a pixel, or unsure. */
  int candidates(int row, int column) {
    float x = column - middleColumn;
    float y = row - middleRow;
    IntVector first = edge(0, x, y);
    IntVector second = edge(CORNER, x, y);
    IntVector third = edge(2 * CORNER, x, y);
    return VectorLanes.notNegative(first.or(second).or(third)) & used;
  }

  private IntVector edge(int at, float x, float y) {
    return FloatVector.fromArray(FLOATS, edges, at)
        .mul(x)
        .add(FloatVector.fromArray(FLOATS, edges, at + ROW).mul(y))
        .add(FloatVector.fromArray(FLOATS, edges, at + 2 * ROW))
        .reinterpretAsInts();
  }
}
