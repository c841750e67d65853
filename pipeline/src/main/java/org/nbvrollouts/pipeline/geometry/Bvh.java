package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.ForkJoinPool;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Bounding volume hierarchy over the faces of a mesh: a binary tree in flat arrays, built by the
 * binned surface area heuristic (Wald, "On fast Construction of SAH-based Bounding Volume
 * Hierarchies", 2007). Immutable and thread-safe; {@link RayCaster}, {@link PointMeshDistance} and
 * {@link FaceDistances} ask it, one instance of those per thread. An empty mesh is legal.
 *
 * <p>Layout. An inner node holds the boxes of both children, so that one cache line and a half
 * decides about two subtrees. A reference to a node is its index, or the complement of {@code 4 *
 * firstSlot + count - 1} for a leaf of 1 to 4 faces. Slots are faces in leaf order; their corners
 * are copied to be read in a row. Boxes are float, padded as {@link RayTriangle#padFor(double)}
 * says, so that rounding in a query never loses a face. About 60 bytes per face in all.
 *
 * <p>The tree depends on the order of the faces, answers do not: they are decided by {@link
 * RayTriangle} and {@link PointTriangle} and ties go to the lower face index.
 */
public final class Bvh {
  /** Most faces of a leaf. */
  static final int MAX_LEAF_FACES = 4;

  /** Values per inner node: least and largest corner of the first and of the second child. */
  static final int NODE_FLOATS = 12;

  /** Values per box: least x, y, z, largest x, y, z. */
  static final int BOX_FLOATS = 6;

  /** Values per slot: x, y, z of three corners. */
  static final int CORNER_FLOATS = 9;

  /** No path from the root to a leaf is longer; searches size their stacks by it. */
  static final int MAX_DEPTH = 96;

  final float[] nodeBoxes;
  final int[] children;
  final float[] corners;
  final int[] faceOfSlot;
  final int root;
  final float padMetres;
  private final float[] meshBounds;

  Bvh(BvhTree tree, BvhFaces faces) {
    nodeBoxes = tree.boxes();
    children = tree.children();
    root = tree.root();
    corners = faces.corners();
    faceOfSlot = faces.order();
    padMetres = faces.padMetres();
    meshBounds = faces.meshBounds();
  }

  /**
   * Builds the tree on all cores of the common pool; the result does not depend on their number.
   */
  public static Bvh build(TriangleMesh mesh) {
    return build(mesh, ForkJoinPool.commonPool());
  }

  static Bvh build(TriangleMesh mesh, ForkJoinPool pool) {
    return pool.submit(() -> BvhBuilder.build(mesh)).join();
  }

  /** Number of faces of the mesh, degenerate ones included. */
  public int faceCount() {
    return faceOfSlot.length;
  }

  /**
   * The exact bounds of all faces, world metres.
   *
   * @throws IllegalStateException if the mesh has no face
   */
  public AxisAlignedBox bounds() {
    if (faceCount() == 0) {
      throw new IllegalStateException("Cannot give bounds: the mesh has no face");
    }
    return new AxisAlignedBox(
        meshBounds[0], meshBounds[3], meshBounds[1], meshBounds[4], meshBounds[2], meshBounds[5]);
  }

  /** Bytes held by the arrays, geometry included. */
  public long memoryBytes() {
    return 4L * (nodeBoxes.length + children.length + corners.length + faceOfSlot.length);
  }

  /** A predicate that decides ray hits on the faces of this mesh. */
  RayTriangle newRayTriangle() {
    return new RayTriangle(padMetres);
  }

  /** Number of inner nodes. */
  int innerNodeCount() {
    return children.length / 2;
  }

  /** First slot of a leaf reference. */
  static int leafStart(int reference) {
    return ~reference >> 2;
  }

  /** Number of faces of a leaf reference. */
  static int leafCount(int reference) {
    return (~reference & 3) + 1;
  }

  static int leafReference(int firstSlot, int count) {
    return ~(firstSlot * 4 + count - 1);
  }

  /** Lower bound of a padded box; monotone in the coordinate. */
  static float padDown(float coordinate, float pad) {
    return (float) ((double) coordinate - pad);
  }

  /** Upper bound of a padded box; monotone in the coordinate. */
  static float padUp(float coordinate, float pad) {
    return (float) ((double) coordinate + pad);
  }
}
