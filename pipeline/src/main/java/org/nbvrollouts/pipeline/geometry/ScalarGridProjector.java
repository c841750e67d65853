package org.nbvrollouts.pipeline.geometry;

/** Projects the two children of a node of the binary tree, and the faces of its leaves. */
final class ScalarGridProjector implements GridProjector {
  private static final int CORNERS = 8;
  private static final int FEW_PIXELS = 8;

  /** Between two coordinates of a corner, and between two corners. */
  private static final int AXIS = Bvh.BLOCK_FACES;

  private static final int CORNER = 3 * AXIS;

  /** Values per face: three per edge function, and what those may be off. */
  private static final int FACE = 10;

  private final Bvh bvh;
  final float[] edges = new float[FACE * Bvh.MAX_LEAF_FACES];
  private final float[] corner = new float[3];
  private final float[] edge = new float[3];
  private int faceCount;
  private float middleColumn;
  private float middleRow;
  private float firstColumn;
  private float lastColumn;
  private float firstRow;
  private float lastRow;

  ScalarGridProjector(Bvh bvh) {
    this.bvh = bvh;
  }

  @Override
  public int fewPixels() {
    return FEW_PIXELS;
  }

  @Override
  public void project(GridProjection view, int node, ProjectedNodes children) {
    children.count = 0;
    int box = Bvh.NODE_FLOATS * node;
    project(view, box, bvh.children[2 * node], children);
    project(view, box + Bvh.BOX_FLOATS, bvh.children[2 * node + 1], children);
  }

  private void project(GridProjection view, int box, int reference, ProjectedNodes children) {
    float leastDepth = least(view, GridProjection.DEPTH, box);
    float near = leastDepth > view.nearest ? leastDepth : view.nearest;
    float far = largest(view, GridProjection.DEPTH, box);
    if (!(far >= near)) {
      return;
    }
    if (near >= view.cornerDepth) {
      projectCorners(view, box, 1 / near);
    } else {
      divideBounds(view, box, 1 / near, 1 / far);
    }
    firstColumn = first(firstColumn + view.lastColumn, 2 * view.lastColumn);
    lastColumn = last(lastColumn + view.lastColumn, 2 * view.lastColumn);
    firstRow = first(firstRow + view.lastRow, 2 * view.lastRow);
    lastRow = last(lastRow + view.lastRow, 2 * view.lastRow);
    if (firstColumn <= lastColumn && firstRow <= lastRow) {
      children.add(
          reference,
          near,
          ProjectedNodes.pixel((int) firstRow, (int) firstColumn),
          ProjectedNodes.pixel((int) lastRow, (int) lastColumn));
    }
  }

  private void projectCorners(GridProjection view, int box, float inverseNear) {
    float[] boxes = bvh.nodeBoxes;
    float leastColumn = Float.POSITIVE_INFINITY;
    float leastRow = Float.POSITIVE_INFINITY;
    float largestColumn = Float.NEGATIVE_INFINITY;
    float largestRow = Float.NEGATIVE_INFINITY;
    for (int corner = 0; corner < CORNERS; corner++) {
      float x = boxes[box + 3 * (corner & 1)];
      float y = boxes[box + 1 + 3 * (corner >> 1 & 1)];
      float z = boxes[box + 2 + 3 * (corner >> 2)];
      float inverse = 1 / view.value(GridProjection.DEPTH, x, y, z);
      float column = view.value(GridProjection.COLUMN, x, y, z) * inverse;
      float row = view.value(GridProjection.ROW, x, y, z) * inverse;
      leastColumn = column < leastColumn ? column : leastColumn;
      largestColumn = column > largestColumn ? column : largestColumn;
      leastRow = row < leastRow ? row : leastRow;
      largestRow = row > largestRow ? row : largestRow;
    }
    float columnError = view.indexError(GridProjection.COLUMN, view.lastColumn) * inverseNear;
    float rowError = view.indexError(GridProjection.ROW, view.lastRow) * inverseNear;
    firstColumn = leastColumn - columnError;
    lastColumn = largestColumn + columnError;
    firstRow = leastRow - rowError;
    lastRow = largestRow + rowError;
  }

  private void divideBounds(GridProjection view, int box, float inverseNear, float inverseFar) {
    float leastColumn = least(view, GridProjection.COLUMN, box);
    float largestColumn = largest(view, GridProjection.COLUMN, box);
    float leastRow = least(view, GridProjection.ROW, box);
    float largestRow = largest(view, GridProjection.ROW, box);
    firstColumn = leastColumn * (leastColumn < 0 ? inverseNear : inverseFar);
    lastColumn = largestColumn * (largestColumn < 0 ? inverseFar : inverseNear);
    firstRow = leastRow * (leastRow < 0 ? inverseNear : inverseFar);
    lastRow = largestRow * (largestRow < 0 ? inverseFar : inverseNear);
  }

  private float least(GridProjection view, int function, int box) {
    return value(view, function, view.least, box) - view.margins[function];
  }

  private float largest(GridProjection view, int function, int box) {
    return value(view, function, view.largest, box) + view.margins[function];
  }

  private float value(GridProjection view, int function, int[] coordinates, int box) {
    int at = 3 * function;
    return view.value(
        function,
        bvh.nodeBoxes[box + coordinates[at]],
        bvh.nodeBoxes[box + coordinates[at + 1]],
        bvh.nodeBoxes[box + coordinates[at + 2]]);
  }

  private static float first(float index, float last) {
    float clamped = index > 0 ? index < last + 2 ? index : last + 2 : 0;
    return clamped + FIRST + ROUNDING - ROUNDING;
  }

  private static float last(float index, float last) {
    float clamped = index < last ? index > -2 ? index : -2 : last;
    return clamped + LAST + ROUNDING - ROUNDING;
  }

  @Override
  public int firstSlot(int leaf) {
    return Bvh.leafStart(leaf);
  }

  @Override
  public void open(GridProjection view, int leaf) {
    faceCount = Bvh.leafCount(leaf);
    middleColumn = view.lastColumn;
    middleRow = view.lastRow;
    for (int face = 0; face < faceCount; face++) {
      int corners = Bvh.cornerOffset(Bvh.leafStart(leaf) + face);
      int at = FACE * face;
      float reach = setCorner(view, corners);
      float size = setEdge(view, corners, corners + CORNER);
      cross(at);
      size += setEdge(view, corners, corners + 2 * CORNER);
      // The third edge is asked backwards, which turns its sign.
      cross(at + 6);
      edges[at + 6] = -edges[at + 6];
      edges[at + 7] = -edges[at + 7];
      edges[at + 8] = -edges[at + 8];
      reach += size;
      setCorner(view, corners + CORNER);
      size += setEdge(view, corners + CORNER, corners + 2 * CORNER);
      cross(at + 3);
      edges[at + 9] =
          reach * (size * view.edgeError + reach * view.predicateError) + GridProjector.TINY;
    }
  }

  /** Takes a corner, relative to the origin; returns the sum of its absolute coordinates. */
  private float setCorner(GridProjection view, int at) {
    float x = bvh.corners[at] - view.origins[0] - view.originRests[0];
    float y = bvh.corners[at + AXIS] - view.origins[1] - view.originRests[1];
    float z = bvh.corners[at + 2 * AXIS] - view.origins[2] - view.originRests[2];
    return set(view, corner, x, y, z);
  }

  /** Takes the difference of two corners; returns the sum of its absolute coordinates. */
  private float setEdge(GridProjection view, int from, int to) {
    float x = bvh.corners[to] - bvh.corners[from];
    float y = bvh.corners[to + AXIS] - bvh.corners[from + AXIS];
    float z = bvh.corners[to + 2 * AXIS] - bvh.corners[from + 2 * AXIS];
    return set(view, edge, x, y, z);
  }

  private static float set(GridProjection view, float[] vector, float x, float y, float z) {
    vector[0] = view.direction(GridProjection.COLUMN, x, y, z);
    vector[1] = view.direction(GridProjection.ROW, x, y, z);
    vector[2] = view.direction(GridProjection.DEPTH, x, y, z);
    return Math.abs(x) + Math.abs(y) + Math.abs(z);
  }

  private void cross(int at) {
    edges[at] = corner[1] * edge[2] - corner[2] * edge[1];
    edges[at + 1] = corner[2] * edge[0] - corner[0] * edge[2];
    edges[at + 2] = corner[0] * edge[1] - corner[1] * edge[0];
  }

  @Override
  public void collect(int row, int firstColumn, int lastColumn, FacePixels found) {
    float y = row - middleRow;
    for (int column = firstColumn; column <= lastColumn; column++) {
      float x = column - middleColumn;
      int faces = 0;
      for (int face = 0; face < faceCount; face++) {
        faces |= isSeen(FACE * face, x, y) ? 1 << face : 0;
      }
      if (faces != 0) {
        found.entries[found.count++] = FacePixels.entry(ProjectedNodes.pixel(row, column), faces);
      }
    }
  }

  /** False if the edge functions of a face certainly differ in sign. */
  private boolean isSeen(int at, float x, float y) {
    float tolerance = edges[at + 9];
    float first = edges[at] * x + edges[at + 1] * y + edges[at + 2];
    float second = edges[at + 3] * x + edges[at + 4] * y + edges[at + 5];
    float third = edges[at + 6] * x + edges[at + 7] * y + edges[at + 8];
    return (first >= -tolerance && second >= -tolerance && third >= -tolerance)
        || (first <= tolerance && second <= tolerance && third <= tolerance);
  }
}
