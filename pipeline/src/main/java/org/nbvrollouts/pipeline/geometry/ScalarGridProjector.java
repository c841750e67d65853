package org.nbvrollouts.pipeline.geometry;

/** Projects the two children of a node of the binary tree, and the faces of its leaves. */
final class ScalarGridProjector implements GridProjector {
  private static final int CORNERS = 8;
  private static final int FEW_PIXELS = 8;

  /** Values per face: three per edge function. */
  private static final int FACE = 9;

  private final Bvh bvh;
  private final float[] edges = new float[FACE * Bvh.MAX_LEAF_FACES];
  private final float[] columns = new float[3];
  private final float[] rows = new float[3];
  private int faceCount;
  private float middleColumn;
  private float middleRow;
  private float span;
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
          ProjectedNodes.pixel(firstRow, firstColumn),
          ProjectedNodes.pixel(lastRow, lastColumn));
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
  public boolean open(GridProjection view, int leaf) {
    faceCount = Bvh.leafCount(leaf);
    middleColumn = view.lastColumn;
    middleRow = view.lastRow;
    for (int face = 0; face < faceCount; face++) {
      int corners = Bvh.cornerOffset(Bvh.leafStart(leaf) + face);
      float near = projectFace(view, corners);
      if (near < view.cornerDepth) {
        return false;
      }
      measureEdges(view, FACE * face, 1 / near);
    }
    return true;
  }

  /** Projects the corners of a face; returns the least of their depths. */
  private float projectFace(GridProjection view, int offset) {
    float near = Float.POSITIVE_INFINITY;
    span = 0;
    for (int corner = 0; corner < 3; corner++) {
      int at = offset + 3 * corner * Bvh.BLOCK_FACES;
      float x = bvh.corners[at] - view.origins[0] - view.originRests[0];
      float y = bvh.corners[at + Bvh.BLOCK_FACES] - view.origins[1] - view.originRests[1];
      float z = bvh.corners[at + 2 * Bvh.BLOCK_FACES] - view.origins[2] - view.originRests[2];
      float sum = Math.abs(x) + Math.abs(y) + Math.abs(z);
      span = sum > span ? sum : span;
      float depth = view.direction(GridProjection.DEPTH, x, y, z);
      near = depth < near ? depth : near;
      columns[corner] = view.direction(GridProjection.COLUMN, x, y, z) / depth;
      rows[corner] = view.direction(GridProjection.ROW, x, y, z) / depth;
    }
    return near;
  }

  private void measureEdges(GridProjection view, int at, float inverseNear) {
    float abX = columns[1] - columns[0];
    float abY = rows[1] - rows[0];
    float bcX = columns[2] - columns[1];
    float bcY = rows[2] - rows[1];
    float caX = columns[0] - columns[2];
    float caY = rows[0] - rows[2];
    float area = caX * abY - caY * abX;
    float size =
        Math.abs(abX)
            + Math.abs(abY)
            + Math.abs(bcX)
            + Math.abs(bcY)
            + Math.abs(caX)
            + Math.abs(caY);
    float reach = 0;
    for (int corner = 0; corner < 3; corner++) {
      reach = Math.max(reach, Math.max(Math.abs(columns[corner]), Math.abs(rows[corner])));
    }
    float error = (view.errorInTheMiddle() + reach * view.errorPerPixel()) * span * inverseNear;
    float tolerance =
        4 * error * (size + error) + EDGE_ERROR * size * (view.lastColumn + view.lastRow + reach);
    if (!(Math.abs(area) >= UNSURE_AREA * tolerance)) {
      for (int edge = 0; edge < 3; edge++) {
        set(at + 3 * edge, 0, 0, 1);
      }
      return;
    }
    float turn = area < 0 ? -1 : 1;
    set(at, -turn * abY, turn * abX, turn * (abY * columns[0] - abX * rows[0]) + tolerance);
    set(at + 3, -turn * bcY, turn * bcX, turn * (bcY * columns[1] - bcX * rows[1]) + tolerance);
    set(at + 6, -turn * caY, turn * caX, turn * (caY * columns[2] - caX * rows[2]) + tolerance);
  }

  private void set(int at, float perColumn, float perRow, float constant) {
    edges[at] = perColumn;
    edges[at + 1] = perRow;
    edges[at + 2] = constant;
  }

  @Override
  public int candidates(int row, int column) {
    int found = 0;
    float x = column - middleColumn;
    float y = row - middleRow;
    for (int face = 0; face < faceCount; face++) {
      int at = FACE * face;
      if (edges[at] * x + edges[at + 1] * y + edges[at + 2] >= 0
          && edges[at + 3] * x + edges[at + 4] * y + edges[at + 5] >= 0
          && edges[at + 6] * x + edges[at + 7] * y + edges[at + 8] >= 0) {
        found |= 1 << face;
      }
    }
    return found;
  }
}
