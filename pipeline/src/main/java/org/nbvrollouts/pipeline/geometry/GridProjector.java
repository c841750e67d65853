package org.nbvrollouts.pipeline.geometry;

/**
 * Finds the pixels of a grid through which boxes and faces may be seen, such that no pixel is left
 * out whose ray {@link RayTriangle} lets meet a face. One instance belongs to one thread.
 *
 * <p>Boxes. {@link RayTriangle} accepts a hit only if the ray is in the padded box of the face at
 * some parameter between the least one wanted and that of the hit. That point lies in the boxes of
 * the tree as well, at the column and row of the ray and at a depth that is not above that of the
 * hit. A box before the camera is seen between the least and the largest column and row of its
 * corners. What {@link GridProjection} says about rounding is added, and 1/64 of a pixel for the
 * rounding of quotients and of their clamping, less than 0.002 for 4096 pixels. Of a box that
 * reaches nearer than {@link GridProjection#cornerDepth} columns times depth are divided by the
 * least or the largest depth instead, cut off at the least wanted one.
 *
 * <p>Faces. A ray meets a face if the three edge functions of the corners agree in sign at its
 * pixel. That of an edge from A to B is (column, row, 1)·(A × (B − A)), where A and B are column
 * times depth, row times depth and depth of the corners, of which none has to lie before the
 * camera. With C and R the largest column and row, D the sum of the absolute coordinates of the
 * first corner relative to the origin and of all edges, d that of the edges, S and Z the sums of
 * the absolute entries of the first two functions and of the third:
 *
 * <ul>
 *   <li>A is off by 8uDS, or 8uDZ in depth; differences of corners by 5udS, and 6udS where two of
 *       them are added to the third. A product of both is off by 15u of DdSZ or, in the constant,
 *       DdS², so a component of the cross product by 32u of it, and an edge function by less than
 *       42u·DdS(Z(C + R) + S), its own rounding included. {@link GridProjection#edgeError} is 48u,
 *       with C + R + 1; the latter allows for uneven grids and for the rounding of rays.
 *   <li>Signs that {@link RayTriangle} finds are those of edge functions divided by the determinant
 *       of the view and the largest component of the ray, off by less than 2⁻⁴⁷D²; the determinant
 *       is at most S²Z, the component at most twice the sum of x, y and 1. That is {@link
 *       GridProjection#predicateError}.
 *   <li>Losing bits to denormal numbers costs less than 2⁻⁸⁸, for which {@link #TINY} allows.
 * </ul>
 *
 * <p>So a face is left out where one function is below minus the tolerance and another above it.
 */
interface GridProjector {
  /** Adding and subtracting it rounds a float of less than 2²² to an integer. */
  float ROUNDING = 0x1.8p23f;

  /** Added to the first index of a range before it is rounded: up, and 1/64 outwards. */
  float FIRST = 0.5f - 0x1p-6f;

  /** Added to the last one. */
  float LAST = -FIRST;

  /** Least tolerance of an edge function. */
  float TINY = 0x1p-80f;

  /** Pixels up to which a node is searched faster by each ray on its own. */
  int fewPixels();

  /**
   * Projects the children of an inner node.
   *
   * @param children receives those that at least one ray may meet
   */
  void project(GridProjection view, int node, ProjectedNodes children);

  /** Finds the edge functions of the faces of a leaf. */
  void open(GridProjection view, int leaf);

  /** Slot of the first face of a leaf. */
  int firstSlot(int leaf);

  /** Appends the pixels of a part of a row that may see faces of the leaf that was opened. */
  void collect(int row, int firstColumn, int lastColumn, FacePixels found);
}
