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
 * <p>Faces. A ray meets a face if the three edge functions of the projected corners agree in sign
 * at its pixel. Let e bound the error of a projected coordinate, 2u of its own size included, and s
 * be the sum of the absolute differences of all corners. A pixel in the face is within s of each
 * corner, so an edge function is off by less than 3e·s + 4e², and by 2⁻¹⁹·s times the largest
 * column or row, those of the grid included, for rounding. The double predicate itself may err by
 * 2⁻⁴⁷ of the squared distance to the corners, which in pixels is less than e·s/128. All that is
 * below the tolerance with which signs are compared. A face whose projection has less than eight
 * times the tolerance in twice its area, so that rounding may decide its edge functions, counts at
 * every pixel of its leaf; s of any other is at least 128e.
 */
interface GridProjector {
  /** Adding and subtracting it rounds a float of less than 2²² to an integer. */
  float ROUNDING = 0x1.8p23f;

  /** Added to the first index of a range before it is rounded: up, and 1/64 outwards. */
  float FIRST = 0.5f - 0x1p-6f;

  /** Added to the last one. */
  float LAST = -FIRST;

  /** Relative error of an edge function. */
  float EDGE_ERROR = 0x1p-19f;

  /** Tolerances within which an area may be rounding alone. */
  float UNSURE_AREA = 8;

  /** Pixels up to which a node is searched faster by each ray on its own. */
  int fewPixels();

  /**
   * Projects the children of an inner node.
   *
   * @param children receives those that at least one ray may meet
   */
  void project(GridProjection view, int node, ProjectedNodes children);

  /** Projects the faces of a leaf; false if one of them reaches too near for that. */
  boolean open(GridProjection view, int leaf);

  /** Slot of the first face of a leaf. */
  int firstSlot(int leaf);

  /** Faces of the leaf that was opened that a ray may meet, the first one being bit 0. */
  int candidates(int row, int column);
}
