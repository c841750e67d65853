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
  private static final int XY_CORNERS = CORNERS / 2;
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

  /** Sums of the terms of x and y at four corners. */
  private final float[] xySums = new float[LANES * XY_CORNERS];

  /** Bounds of a function, then of an index. */
  private final float[] leasts = new float[LANES];

  private final float[] largests = new float[LANES];
  private final float[] differences = new float[LANES];
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
    fillBounds(view, GridProjection.DEPTH, box);
    FloatVector near = FloatVector.fromArray(FLOATS, leasts, 0).max(view.nearest);
    FloatVector far = FloatVector.fromArray(FLOATS, largests, 0);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    near.intoArray(nears, 0);
    one.div(near).intoArray(inverseNears, 0);
    one.div(far).intoArray(inverseFars, 0);
    far.sub(near).intoArray(differences, 0);
    return VectorLanes.notNegative(differences, 0);
  }

  private boolean areBefore(float depth) {
    return FloatVector.fromArray(FLOATS, nears, 0).reduceLanes(VectorOperators.MIN) >= depth;
  }

  /** Fills the inverse depths of all corners. */
  private void divideDepths(GridProjection view, int box) {
    multiply(view, GridProjection.DEPTH, box);
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    float offset = view.offsets[GridProjection.DEPTH];
    for (int corner = 0; corner < CORNERS; corner++) {
      FloatVector xy = FloatVector.fromArray(FLOATS, xySums, LANES * (corner % XY_CORNERS));
      FloatVector z = FloatVector.fromArray(FLOATS, terms, zTerm(corner));
      one.div(xy.add(z).sub(offset)).intoArray(inverses, LANES * corner);
    }
  }

  /** Fills the first and last index of one function; bits of the children that have any. */
  private int projectCorners(
      GridProjection view, int box, int function, float[] firsts, float[] lasts) {
    multiply(view, function, box);
    float offset = view.offsets[function];
    IntVector least = IntVector.broadcast(INTS, Integer.MAX_VALUE);
    IntVector largest = IntVector.broadcast(INTS, Integer.MIN_VALUE);
    for (int corner = 0; corner < CORNERS; corner++) {
      FloatVector xy = FloatVector.fromArray(FLOATS, xySums, LANES * (corner % XY_CORNERS));
      IntVector index =
          xy.add(FloatVector.fromArray(FLOATS, terms, zTerm(corner)))
              .sub(offset)
              .mul(FloatVector.fromArray(FLOATS, inverses, LANES * corner))
              .add(BIAS)
              .reinterpretAsInts();
      least = least.min(index);
      largest = largest.max(index);
    }
    float end = function == GridProjection.COLUMN ? view.lastColumn : view.lastRow;
    FloatVector error =
        FloatVector.fromArray(FLOATS, inverseNears, 0).mul(view.indexError(function, end));
    least.reinterpretAsFloats().sub(BIAS).sub(error).add(end).intoArray(leasts, 0);
    largest.reinterpretAsFloats().sub(BIAS).add(error).add(end).intoArray(largests, 0);
    return round(2 * end, firsts, lasts);
  }

  /** Fills what each coordinate of the boxes adds to a function, and sums of those of x and y. */
  private void multiply(GridProjection view, int function, int box) {
    for (int coordinate = 0; coordinate < Bvh.BOX_FLOATS; coordinate++) {
      FloatVector.fromArray(FLOATS, bvh.wideBoxes, box + LANES * coordinate)
          .mul(view.factors[3 * function + coordinate % 3])
          .intoArray(terms, LANES * coordinate);
    }
    for (int corner = 0; corner < XY_CORNERS; corner++) {
      FloatVector.fromArray(FLOATS, terms, LANES * 3 * (corner & 1))
          .add(FloatVector.fromArray(FLOATS, terms, LANES * (1 + 3 * (corner >> 1))))
          .intoArray(xySums, LANES * corner);
    }
  }

  /** Where the term of the z of a corner lies. */
  private static int zTerm(int corner) {
    return LANES * (corner < XY_CORNERS ? 2 : 5);
  }

  /** As above, for children of which one reaches too near. */
  private int divideBounds(
      GridProjection view, int box, int function, float[] firsts, float[] lasts) {
    fillBounds(view, function, box);
    FloatVector inverseNear = FloatVector.fromArray(FLOATS, inverseNears, 0);
    FloatVector inverseFar = FloatVector.fromArray(FLOATS, inverseFars, 0);
    FloatVector least = FloatVector.fromArray(FLOATS, leasts, 0);
    FloatVector largest = FloatVector.fromArray(FLOATS, largests, 0);
    float end = function == GridProjection.COLUMN ? view.lastColumn : view.lastRow;
    least.mul(inverseNear).min(least.mul(inverseFar)).add(end).intoArray(leasts, 0);
    largest.mul(inverseNear).max(largest.mul(inverseFar)).add(end).intoArray(largests, 0);
    return round(2 * end, firsts, lasts);
  }

  /** Rounds the least and largest indices outwards. */
  private int round(float end, float[] firsts, float[] lasts) {
    FloatVector first =
        FloatVector.fromArray(FLOATS, leasts, 0)
            .max(0f)
            .min(end + 2)
            .add(FIRST)
            .add(ROUNDING)
            .sub(ROUNDING);
    FloatVector last =
        FloatVector.fromArray(FLOATS, largests, 0)
            .min(end)
            .max(-2f)
            .add(LAST)
            .add(ROUNDING)
            .sub(ROUNDING);
    first.intoArray(firsts, 0);
    last.intoArray(lasts, 0);
    last.sub(first).intoArray(differences, 0);
    return VectorLanes.notNegative(differences, 0);
  }

  /** Fills the least and largest values of a function in the boxes. */
  private void fillBounds(GridProjection view, int function, int box) {
    float margin = view.margins[function];
    fillBound(view, function, view.least, box, -margin, leasts);
    fillBound(view, function, view.largest, box, margin, largests);
  }

  private void fillBound(
      GridProjection view, int function, int[] coordinates, int box, float margin, float[] to) {
    int at = 3 * function;
    float[] boxes = bvh.wideBoxes;
    FloatVector.fromArray(FLOATS, boxes, box + LANES * coordinates[at])
        .mul(view.factors[at])
        .add(
            FloatVector.fromArray(FLOATS, boxes, box + LANES * coordinates[at + 1])
                .mul(view.factors[at + 1]))
        .add(
            FloatVector.fromArray(FLOATS, boxes, box + LANES * coordinates[at + 2])
                .mul(view.factors[at + 2]))
        .sub(view.offsets[function])
        .add(margin)
        .intoArray(to, 0);
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
