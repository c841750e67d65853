package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Projects the eight children of a node of the wide tree at a time, and the faces of a block. */
final class VectorGridProjector implements GridProjector {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
  private static final int LANES = WideNodes.WIDTH;
  private static final int CORNERS = 8;
  private static final int FEW_PIXELS = 32;

  /**
   * Added to indices, which turns those in and beside the grid into positive floats, whose bits
   * order like they do; it costs them 2⁻¹¹. Any other negative one stays negative, and whichever of
   * those is taken for the least or the largest lies far before the grid.
   */
  private static final float BIAS = 0x1p13f;

  private final Bvh bvh;
  private final VectorFaceEdges faces;
  private final float[] nears = new float[LANES];
  private final float[] inverseNears = new float[LANES];
  private final float[] inverseFars = new float[LANES];
  private final float[] inverses = new float[LANES * CORNERS];
  private final float[] terms = new float[LANES * Bvh.BOX_FLOATS];
  private final float[] firstColumns = new float[LANES];
  private final float[] lastColumns = new float[LANES];
  private final float[] firstRows = new float[LANES];
  private final float[] lastRows = new float[LANES];

  VectorGridProjector(Bvh bvh) {
    this.bvh = bvh;
    this.faces = new VectorFaceEdges(bvh.corners);
  }

  @Override
  public int fewPixels() {
    return FEW_PIXELS;
  }

  @Override
  public void project(GridProjection view, int node, ProjectedNodes children) {
    children.count = 0;
    int box = WideNodes.NODE_FLOATS * node;
    int seen = measureDepths(view, box);
    if (seen != 0 && areBefore(view.cornerDepth)) {
      divideDepths(view, box);
      seen &= projectCorners(view, box, GridProjection.COLUMN, firstColumns, lastColumns);
      seen &= projectCorners(view, box, GridProjection.ROW, firstRows, lastRows);
    } else if (seen != 0) {
      seen &= divideBounds(view, box, GridProjection.COLUMN, firstColumns, lastColumns);
      seen &= divideBounds(view, box, GridProjection.ROW, firstRows, lastRows);
    }
    while (seen != 0) {
      int lane = Integer.numberOfTrailingZeros(seen);
      seen &= seen - 1;
      children.add(
          bvh.wideChildren[WideNodes.WIDTH * node + lane],
          nears[lane],
          ProjectedNodes.pixel((int) firstRows[lane], (int) firstColumns[lane]),
          ProjectedNodes.pixel((int) lastRows[lane], (int) lastColumns[lane]));
    }
  }

  /** Fills least depths; bits of the children that reach beyond the least depth wanted. */
  private int measureDepths(GridProjection view, int box) {
    FloatVector near = least(view, GridProjection.DEPTH, box).max(view.nearest);
    FloatVector far = largest(view, GridProjection.DEPTH, box);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    near.intoArray(nears, 0);
    one.div(near).intoArray(inverseNears, 0);
    one.div(far).intoArray(inverseFars, 0);
    return VectorLanes.notNegative(far.sub(near).reinterpretAsInts());
  }

  private boolean areBefore(float depth) {
    return FloatVector.fromArray(FLOATS, nears, 0).reduceLanes(VectorOperators.MIN) >= depth;
  }

  /** Fills the inverse depths of all corners. */
  private void divideDepths(GridProjection view, int box) {
    multiply(view, GridProjection.DEPTH, box);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    float offset = view.offsets[GridProjection.DEPTH];
    for (int corner = 0; corner < CORNERS / 2; corner++) {
      FloatVector xy = termsOfXy(corner);
      one.div(xy.add(term(2)).sub(offset)).intoArray(inverses, LANES * corner);
      one.div(xy.add(term(5)).sub(offset)).intoArray(inverses, LANES * (corner + CORNERS / 2));
    }
  }

  /** Fills the first and last index of one function; bits of the children that have any. */
  private int projectCorners(
      GridProjection view, int box, int function, float[] firsts, float[] lasts) {
    multiply(view, function, box);
    float offset = view.offsets[function];
    IntVector least = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    IntVector largest = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    for (int corner = 0; corner < CORNERS / 2; corner++) {
      FloatVector xy = termsOfXy(corner);
      IntVector low = index(xy.add(term(2)).sub(offset), corner);
      IntVector high = index(xy.add(term(5)).sub(offset), corner + CORNERS / 2);
      least = least.min(low).min(high);
      largest = largest.max(low).max(high);
    }
    float end = function == GridProjection.COLUMN ? view.lastColumn : view.lastRow;
    FloatVector error =
        FloatVector.fromArray(FLOATS, inverseNears, 0).mul(view.indexError(function, end));
    return round(
        least.reinterpretAsFloats().sub(BIAS).sub(error).add(end),
        largest.reinterpretAsFloats().sub(BIAS).add(error).add(end),
        2 * end,
        firsts,
        lasts);
  }

  /** Fills what each coordinate of the boxes adds to a function. */
  private void multiply(GridProjection view, int function, int box) {
    for (int coordinate = 0; coordinate < Bvh.BOX_FLOATS; coordinate++) {
      row(box, coordinate)
          .mul(view.factors[3 * function + coordinate % 3])
          .intoArray(terms, LANES * coordinate);
    }
  }

  private FloatVector term(int coordinate) {
    return FloatVector.fromArray(FLOATS, terms, LANES * coordinate);
  }

  private FloatVector termsOfXy(int corner) {
    return term(3 * (corner & 1)).add(term(1 + 3 * (corner >> 1)));
  }

  /** Index of a corner, as bits that order like it, see {@link #BIAS}. */
  private IntVector index(FloatVector value, int corner) {
    return value
        .mul(FloatVector.fromArray(FLOATS, inverses, LANES * corner))
        .add(BIAS)
        .reinterpretAsInts();
  }

  /** As above, for children of which one reaches too near. */
  private int divideBounds(
      GridProjection view, int box, int function, float[] firsts, float[] lasts) {
    FloatVector inverseNear = FloatVector.fromArray(FLOATS, inverseNears, 0);
    FloatVector inverseFar = FloatVector.fromArray(FLOATS, inverseFars, 0);
    FloatVector least = least(view, function, box);
    FloatVector largest = largest(view, function, box);
    float end = function == GridProjection.COLUMN ? view.lastColumn : view.lastRow;
    return round(
        least.mul(inverseNear).min(least.mul(inverseFar)).add(end),
        largest.mul(inverseNear).max(largest.mul(inverseFar)).add(end),
        2 * end,
        firsts,
        lasts);
  }

  private static int round(
      FloatVector least, FloatVector largest, float end, float[] firsts, float[] lasts) {
    FloatVector first = least.max(0f).min(end + 2).add(FIRST).add(ROUNDING).sub(ROUNDING);
    FloatVector last = largest.min(end).max(-2f).add(LAST).add(ROUNDING).sub(ROUNDING);
    first.intoArray(firsts, 0);
    last.intoArray(lasts, 0);
    return VectorLanes.notNegative(last.sub(first).reinterpretAsInts());
  }

  private FloatVector least(GridProjection view, int function, int box) {
    return bound(view, function, view.least, box).sub(view.margins[function]);
  }

  private FloatVector largest(GridProjection view, int function, int box) {
    return bound(view, function, view.largest, box).add(view.margins[function]);
  }

  private FloatVector bound(GridProjection view, int function, int[] coordinates, int box) {
    int at = 3 * function;
    return value(view, function, box, coordinates[at], coordinates[at + 1], coordinates[at + 2]);
  }

  private FloatVector value(GridProjection view, int function, int box, int x, int y, int z) {
    int at = 3 * function;
    return row(box, x)
        .mul(view.factors[at])
        .add(row(box, y).mul(view.factors[at + 1]))
        .add(row(box, z).mul(view.factors[at + 2]))
        .sub(view.offsets[function]);
  }

  private FloatVector row(int box, int coordinate) {
    return FloatVector.fromArray(FLOATS, bvh.wideBoxes, box + LANES * coordinate);
  }

  @Override
  public int firstSlot(int leaf) {
    return Bvh.BLOCK_FACES * Bvh.block(leaf);
  }

  @Override
  public void open(GridProjection view, int leaf) {
    faces.open(view, Bvh.BLOCK_FLOATS * Bvh.block(leaf), Bvh.blockCount(leaf));
  }

  @Override
  public void collect(int row, int firstColumn, int lastColumn, FacePixels found) {
    faces.collect(row, firstColumn, lastColumn, found);
  }
}
