package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Projects the eight children of a node of the wide tree at a time, and the faces of a block. */
final class VectorGridProjector implements GridProjector {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final int LANES = WideNodes.WIDTH;
  private static final int CORNERS = 8;
  private static final int FEW_PIXELS = 32;

  private final Bvh bvh;
  private final VectorFaceEdges faces;
  private final float[] nears = new float[LANES];
  private final float[] inverseNears = new float[LANES];
  private final float[] inverseFars = new float[LANES];
  private final float[] inverses = new float[LANES * CORNERS];
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
          ProjectedNodes.pixel(firstRows[lane], firstColumns[lane]),
          ProjectedNodes.pixel(lastRows[lane], lastColumns[lane]));
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
    FloatVector one = FloatVector.broadcast(FLOATS, 1f);
    for (int corner = 0; corner < CORNERS; corner++) {
      one.div(value(view, GridProjection.DEPTH, box, corner)).intoArray(inverses, LANES * corner);
    }
  }

  /** Fills the first and last index of one function; bits of the children that have any. */
  private int projectCorners(
      GridProjection view, int box, int function, float[] firsts, float[] lasts) {
    FloatVector least = FloatVector.broadcast(FLOATS, Float.POSITIVE_INFINITY);
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    for (int corner = 0; corner < CORNERS; corner++) {
      FloatVector index =
          value(view, function, box, corner)
              .mul(FloatVector.fromArray(FLOATS, inverses, LANES * corner));
      least = least.min(index);
      largest = largest.max(index);
    }
    float end = function == GridProjection.COLUMN ? view.lastColumn : view.lastRow;
    FloatVector error =
        FloatVector.fromArray(FLOATS, inverseNears, 0).mul(view.indexError(function, end));
    return round(least.sub(error).add(end), largest.add(error).add(end), 2 * end, firsts, lasts);
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

  private FloatVector value(GridProjection view, int function, int box, int corner) {
    return value(
        view, function, box, 3 * (corner & 1), 1 + 3 * (corner >> 1 & 1), 2 + 3 * (corner >> 2));
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
  public boolean open(GridProjection view, int leaf) {
    return faces.open(view, Bvh.BLOCK_FLOATS * Bvh.block(leaf), Bvh.blockCount(leaf));
  }

  @Override
  public int candidates(int row, int column) {
    return faces.candidates(row, column);
  }
}
