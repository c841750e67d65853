package org.nbvrollouts.pipeline.geometry;

import org.nbvrollouts.store.source.Pose12;

/**
 * Walks a tree once for all rays of a grid, the nearer child first. A node goes with the pixels
 * that its box projects to; it is dropped if no pixel is left, or if all of them have met something
 * nearer, as far as {@link FarthestHits} knows. In a leaf the edges of the faces choose the pixels
 * at which {@link RayTriangle} tests them. A node that few pixels see is left to the search for
 * single rays, one pixel after the other. Hits are those of {@link RayCaster}.
 */
final class GridWalk {
  private static final int STACK = WideNodes.WIDTH * Bvh.MAX_DEPTH;

  private final RayQuery query;
  private final RaySearch search;
  private final GridProjector projector;
  private final GridProjection view;
  private final ProjectedNodes children = new ProjectedNodes();
  private final FarthestHits farthest = new FarthestHits();
  private final FacePixels found = new FacePixels();
  private final int[] references = new int[STACK];
  private final float[] depths = new float[STACK];
  private final int[] firsts = new int[STACK];
  private final int[] lasts = new int[STACK];
  private RayGrid grid;
  private Pose12 pose;
  private double nearest;

  GridWalk(Bvh bvh, Kernel kernel) {
    query = new RayQuery(bvh);
    search = kernel.newRaySearch(bvh);
    projector = kernel.newGridProjector(bvh);
    view = new GridProjection(bvh.largestCoordinate);
  }

  /** Casts the rays; false, and nothing done, for a view that is not accepted. */
  boolean run(Pose12 worldFromCamera, double nearestWanted, RayGrid newGrid) {
    if (!view.prepare(worldFromCamera, nearestWanted, newGrid)) {
      return false;
    }
    grid = newGrid;
    pose = worldFromCamera;
    nearest = nearestWanted;
    farthest.begin(grid);
    found.begin(grid);
    int last = ProjectedNodes.pixel(grid.rows() - 1, grid.columns() - 1);
    visit(search.root(), 0, last);
    return true;
  }

  private void visit(int root, int first, int last) {
    int size = 0;
    references[size] = root;
    depths[size] = view.nearest;
    firsts[size] = first;
    lasts[size++] = last;
    while (size > 0) {
      size--;
      int reference = references[size];
      float depth = depths[size];
      if (farthest.areNearer(depth, firsts[size], lasts[size])) {
        continue;
      }
      if (reference < 0) {
        testLeaf(reference, depth, firsts[size], lasts[size]);
        continue;
      }
      if (isFew(firsts[size], lasts[size])) {
        searchEach(reference, depth, firsts[size], lasts[size]);
        continue;
      }
      projector.project(view, reference, children);
      for (int i = children.count - 1; i >= 0; i--) {
        references[size] = children.references[i];
        depths[size] = children.depths[i];
        firsts[size] = children.firsts[i];
        lasts[size++] = children.lasts[i];
      }
    }
  }

  private boolean isFew(int first, int last) {
    int rows = ProjectedNodes.row(last) - ProjectedNodes.row(first) + 1;
    int columns = ProjectedNodes.column(last) - ProjectedNodes.column(first) + 1;
    return rows * columns <= projector.fewPixels();
  }

  /** Tests the faces of a leaf at the pixels of a range that may see them. */
  private void testLeaf(int leaf, float depth, int first, int last) {
    projector.open(view, leaf);
    found.count = 0;
    for (int row = ProjectedNodes.row(first); row <= ProjectedNodes.row(last); row++) {
      projector.collect(row, ProjectedNodes.column(first), ProjectedNodes.column(last), found);
    }
    int slot = projector.firstSlot(leaf);
    for (int i = 0; i < found.count; i++) {
      int row = ProjectedNodes.row(found.pixel(i));
      int column = ProjectedNodes.column(found.pixel(i));
      if (depth <= grid.depths[row * grid.columns() + column]) {
        testFaces(slot, found.faces(i), row, column);
      }
    }
  }

  private void testFaces(int firstSlot, int faces, int row, int column) {
    aim(row, column);
    int left = faces;
    do {
      query.test(firstSlot + Integer.numberOfTrailingZeros(left));
      left &= left - 1;
    } while (left != 0);
    take(row, column);
  }

  /** Looks for the faces below a node, for every pixel of a range on its own. */
  private void searchEach(int node, float depth, int first, int last) {
    for (int row = ProjectedNodes.row(first); row <= ProjectedNodes.row(last); row++) {
      int start = row * grid.columns();
      for (int column = ProjectedNodes.column(first);
          column <= ProjectedNodes.column(last);
          column++) {
        if (depth <= grid.depths[start + column]) {
          search(node, row, column);
        }
      }
    }
  }

  private void search(int reference, int row, int column) {
    aim(row, column);
    query.floatRay.prepare(query.ray);
    search.run(query, reference);
    take(row, column);
  }

  private void aim(int row, int column) {
    int pixel = row * grid.columns() + column;
    query.ray.prepare(pose, grid.x(column), grid.y(row), nearest);
    query.bestT = grid.depths[pixel];
    query.bestFace = grid.faces[pixel];
  }

  private void take(int row, int column) {
    int pixel = row * grid.columns() + column;
    int before = grid.faces[pixel];
    if (query.bestFace != before) {
      grid.depths[pixel] = query.bestT;
      grid.faces[pixel] = query.bestFace;
      if (before == RayHit.MISS) {
        farthest.met(row, column);
      }
      farthest.lowered(row, column);
    }
  }
}
