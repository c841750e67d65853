package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Edge functions of the faces of a block as a view sees them, eight at a time; {@link
 * GridProjector} says why no pixel is left out. The work is cut into methods that are small enough
 * for the compiler to keep all vectors in registers; between them values lie in rows of eight.
 */
final class VectorFaceEdges {
  private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;

  private static final int ROW = Bvh.BLOCK_FACES;

  /** Three rows: a corner of the block, a vector, or an edge function. */
  private static final int TRIPLE = 3 * ROW;

  private static final int FIRST_EDGE = 2 * TRIPLE;
  private static final int SECOND_EDGE = 3 * TRIPLE;
  private static final int THIRD_EDGE = 4 * TRIPLE;

  private final float[] corners;

  /** The first two corners relative to the origin, and the edges from them. */
  private final float[] differences = new float[4 * TRIPLE];

  /** Columns times depth, rows times depth, and depths of these, and those of the third edge. */
  private final float[] vectors = new float[5 * TRIPLE];

  /** Per edge what a column counts, what a row counts, and a constant. */
  private final float[] edges = new float[3 * TRIPLE];

  /** Per edge what it is in a row at column 0; every third row is used. */
  private final float[] inRow = new float[3 * TRIPLE];

  /** Sums of absolute coordinates; the first row of each difference is used. */
  private final float[] sums = new float[4 * TRIPLE];

  private final float[] tolerances = new float[ROW];
  private int used;
  private float middleColumn;
  private float middleRow;

  VectorFaceEdges(float[] corners) {
    this.corners = corners;
  }

  /** Takes the first faces of a block. */
  void open(GridProjection view, int block, int count) {
    used = (1 << count) - 1;
    middleColumn = view.lastColumn;
    middleRow = view.lastRow;
    for (int axis = 0; axis < 3; axis++) {
      subtract(view, axis, block + ROW * axis);
    }
    for (int vector = 0; vector <= SECOND_EDGE; vector += TRIPLE) {
      transform(view, vector);
    }
    for (int axis = 0; axis < TRIPLE; axis += ROW) {
      difference(vectors, THIRD_EDGE + axis, FIRST_EDGE + axis, SECOND_EDGE + axis);
    }
    cross(0, FIRST_EDGE, 0);
    cross(TRIPLE, SECOND_EDGE, TRIPLE);
    cross(0, THIRD_EDGE, 2 * TRIPLE);
    measure(view);
  }

  /** Fills one coordinate of the differences. */
  private void subtract(GridProjection view, int axis, int from) {
    FloatVector a = FloatVector.fromArray(FLOATS, corners, from);
    FloatVector b = FloatVector.fromArray(FLOATS, corners, from + TRIPLE);
    FloatVector c = FloatVector.fromArray(FLOATS, corners, from + 2 * TRIPLE);
    float origin = view.origins[axis];
    float rest = view.originRests[axis];
    int to = ROW * axis;
    a.sub(origin).sub(rest).intoArray(differences, to);
    b.sub(origin).sub(rest).intoArray(differences, to + TRIPLE);
    b.sub(a).intoArray(differences, to + FIRST_EDGE);
    c.sub(b).intoArray(differences, to + SECOND_EDGE);
  }

  private void transform(GridProjection view, int at) {
    FloatVector x = FloatVector.fromArray(FLOATS, differences, at);
    FloatVector y = FloatVector.fromArray(FLOATS, differences, at + ROW);
    FloatVector z = FloatVector.fromArray(FLOATS, differences, at + 2 * ROW);
    for (int function = 0; function < 3; function++) {
      float[] factors = view.factors;
      x.mul(factors[3 * function])
          .add(y.mul(factors[3 * function + 1]))
          .add(z.mul(factors[3 * function + 2]))
          .intoArray(vectors, at + ROW * function);
    }
  }

  /** Fills the edge that closes the face: minus one row, minus another. */
  private static void difference(float[] rows, int to, int one, int other) {
    FloatVector.fromArray(FLOATS, rows, one)
        .neg()
        .sub(FloatVector.fromArray(FLOATS, rows, other))
        .intoArray(rows, to);
  }

  /** Fills the function of an edge that begins or ends in a corner. */
  private void cross(int corner, int edge, int to) {
    FloatVector px = FloatVector.fromArray(FLOATS, vectors, corner);
    FloatVector py = FloatVector.fromArray(FLOATS, vectors, corner + ROW);
    FloatVector pz = FloatVector.fromArray(FLOATS, vectors, corner + 2 * ROW);
    FloatVector ex = FloatVector.fromArray(FLOATS, vectors, edge);
    FloatVector ey = FloatVector.fromArray(FLOATS, vectors, edge + ROW);
    FloatVector ez = FloatVector.fromArray(FLOATS, vectors, edge + 2 * ROW);
    py.mul(ez).sub(pz.mul(ey)).intoArray(edges, to);
    pz.mul(ex).sub(px.mul(ez)).intoArray(edges, to + ROW);
    px.mul(ey).sub(py.mul(ex)).intoArray(edges, to + 2 * ROW);
  }

  /** Fills the tolerances. */
  private void measure(GridProjection view) {
    addUp(0);
    addUp(FIRST_EDGE);
    addUp(SECOND_EDGE);
    FloatVector size =
        FloatVector.fromArray(FLOATS, sums, FIRST_EDGE)
            .add(FloatVector.fromArray(FLOATS, sums, SECOND_EDGE));
    FloatVector reach = FloatVector.fromArray(FLOATS, sums, 0).add(size);
    size.mul(view.edgeError)
        .add(reach.mul(view.predicateError))
        .mul(reach)
        .add(GridProjector.TINY)
        .intoArray(tolerances, 0);
  }

  /** Fills the sum of the absolute coordinates of a difference. */
  private void addUp(int at) {
    FloatVector.fromArray(FLOATS, differences, at)
        .abs()
        .add(FloatVector.fromArray(FLOATS, differences, at + ROW).abs())
        .add(FloatVector.fromArray(FLOATS, differences, at + 2 * ROW).abs())
        .intoArray(sums, at);
  }

  /**
   * Appends the pixels of a part of a row that may see a face. All vectors of the loop are made
   * here, those of {@link VectorLanes} included: what is passed to a method that is not inlined is
   * allocated.
   */
  void collect(int row, int firstColumn, int lastColumn, FacePixels found) {
    float y = row - middleRow;
    setRow(0, y);
    setRow(TRIPLE, y);
    setRow(2 * TRIPLE, y);
    FloatVector tolerance = FloatVector.fromArray(FLOATS, tolerances, 0);
    FloatVector perColumn1 = FloatVector.fromArray(FLOATS, edges, 0);
    FloatVector perColumn2 = FloatVector.fromArray(FLOATS, edges, TRIPLE);
    FloatVector perColumn3 = FloatVector.fromArray(FLOATS, edges, 2 * TRIPLE);
    FloatVector inRow1 = FloatVector.fromArray(FLOATS, inRow, 0);
    FloatVector inRow2 = FloatVector.fromArray(FLOATS, inRow, TRIPLE);
    FloatVector inRow3 = FloatVector.fromArray(FLOATS, inRow, 2 * TRIPLE);
    long[] entries = found.entries;
    int count = found.count;
    for (int column = firstColumn; column <= lastColumn; column++) {
      float x = column - middleColumn;
      FloatVector first = perColumn1.mul(x).add(inRow1);
      FloatVector second = perColumn2.mul(x).add(inRow2);
      FloatVector third = perColumn3.mul(x).add(inRow3);
      IntVector below =
          first
              .add(tolerance)
              .reinterpretAsInts()
              .or(second.add(tolerance).reinterpretAsInts())
              .or(third.add(tolerance).reinterpretAsInts());
      IntVector above =
          tolerance
              .sub(first)
              .reinterpretAsInts()
              .or(tolerance.sub(second).reinterpretAsInts())
              .or(tolerance.sub(third).reinterpretAsInts());
      IntVector seen = below.and(above);
      int faces =
          VectorLanes.HAS_FAST_MASKS
              ? (int) seen.compare(VectorOperators.GE, 0).toLong() & used
              : seen.lanewise(VectorOperators.ASHR, VectorLanes.SIGN)
                      .lanewise(VectorOperators.NOT)
                      .and(VectorLanes.BITS)
                      .reduceLanes(VectorOperators.OR)
                  & used;
      entries[count] = FacePixels.entry(ProjectedNodes.pixel(row, column), faces);
      count += FacePixels.one(faces);
    }
    found.count = count;
  }

  /** Fills the part of an edge function that is the same in a row. */
  private void setRow(int edge, float y) {
    FloatVector.fromArray(FLOATS, edges, edge + ROW)
        .mul(y)
        .add(FloatVector.fromArray(FLOATS, edges, edge + 2 * ROW))
        .intoArray(inRow, edge);
  }
}
