package org.nbvrollouts.pipeline.geometry;

import java.util.concurrent.ForkJoinPool;
import org.nbvrollouts.store.source.TriangleMesh;

/**
 * Bounding volume hierarchy over the faces of a mesh: a binary tree in flat arrays, built by the
 * binned surface area heuristic (Wald, "On fast Construction of SAH-based Bounding Volume
 * Hierarchies", 2007). Immutable and thread-safe; {@link RayCaster}, {@link PointMeshDistance} and
 * {@link FaceDistances} ask it, one instance of those per thread. An empty mesh is legal.
 *
 * <p>Layout. Corners lie in blocks of up to eight faces, in leaf order, as nine rows of eight
 * floats (x of the first corners, y, z, x of the second corners, …), so that searches can test a
 * block at once; a slot is a place in a block. Over the blocks lie two trees. In the binary one an
 * inner node holds the boxes of both children; a reference to a node is its index, or the
 * complement of {@code 4 * firstSlot + count - 1} for a leaf of 1 to 4 faces. The nodes of the wide
 * one, {@link WideNodes}, are joined from it. About 76 bytes per face in all.
 *
 * <p>Boxes are float and padded. One part of the pad is what {@link RayTriangle#padFor(double)}
 * asks for; a second part of twice that lets searches test boxes in float, see {@link FloatRay}.
 * Rounding in a query never loses a face.
 *
 * <p>The trees depend on the order of the faces, answers do not: they are decided by {@link
 * RayTriangle} and {@link PointTriangle} and ties go to the lower face index.
 */
public final class Bvh {
  /** Most faces of a leaf of the binary tree. */
  static final int MAX_LEAF_FACES = 4;

  /** Slots of a block. */
  static final int BLOCK_FACES = 8;

  /** Values per block: nine rows of one coordinate of one corner. */
  static final int BLOCK_FLOATS = 9 * BLOCK_FACES;

  /** Values per inner node: least and largest corner of the first and of the second child. */
  static final int NODE_FLOATS = 12;

  /** Values per box: least x, y, z, largest x, y, z. */
  static final int BOX_FLOATS = 6;

  /** No path from the root to a leaf is longer; searches size their stacks by it. */
  static final int MAX_DEPTH = 96;

  private static final int PADS = 3;

  final float[] nodeBoxes;
  final int[] children;
  final float[] corners;
  final int[] faceOfSlot;
  final int root;
  final float[] wideBoxes;
  final int[] wideChildren;
  final int wideRoot;
  final float padMetres;
  final float largestCoordinate;
  private final int faceCount;

  /** The tree of a mesh without faces. */
  Bvh() {
    nodeBoxes = new float[0];
    children = new int[0];
    corners = new float[0];
    faceOfSlot = new int[0];
    root = 0;
    wideBoxes = new float[0];
    wideChildren = new int[0];
    wideRoot = 0;
    padMetres = 0;
    largestCoordinate = 0;
    faceCount = 0;
  }

  Bvh(BvhTree tree, WideNodes wide, BvhFaces faces) {
    nodeBoxes = tree.boxes();
    children = tree.children();
    root = tree.root();
    corners = tree.corners();
    faceOfSlot = tree.faceOfSlot();
    wideBoxes = wide.boxes();
    wideChildren = wide.children();
    faceCount = faces.count();
    wideRoot = wideChildren.length > 0 ? 0 : blockReference(0, faceCount);
    largestCoordinate = faces.largestCoordinate();
    padMetres = RayTriangle.padFor(largestCoordinate);
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
    return faceCount;
  }

  /** Bytes held by the arrays, geometry included. */
  public long memoryBytes() {
    long values = (long) nodeBoxes.length + children.length + corners.length + faceOfSlot.length;
    return 4 * (values + wideBoxes.length + wideChildren.length);
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

  /** Reference to a block that holds so many faces, from the wide tree. */
  static int blockReference(int block, int count) {
    return ~(block * BLOCK_FACES + count - 1);
  }

  /** Block of a block reference. */
  static int block(int reference) {
    return ~reference / BLOCK_FACES;
  }

  /** Number of faces of a block reference. */
  static int blockCount(int reference) {
    return ~reference % BLOCK_FACES + 1;
  }

  /**
   * Index of x of the first corner of a slot in {@link #corners}; the other values of the slot
   * follow at a stride of {@link #BLOCK_FACES}.
   */
  static int cornerOffset(int slot) {
    return slot / BLOCK_FACES * BLOCK_FLOATS + slot % BLOCK_FACES;
  }

  /** Squared distance between a point and the face of a slot, see {@link PointTriangle}. */
  double squaredDistance(double x, double y, double z, int slot, double minCrossSquared) {
    return PointTriangle.squaredDistance(
        x, y, z, corners, cornerOffset(slot), BLOCK_FACES, minCrossSquared);
  }

  /** Margin of the boxes of the tree for a mesh whose largest absolute coordinate is given. */
  static float boxPadFor(double largestCoordinateMetres) {
    return PADS * RayTriangle.padFor(largestCoordinateMetres);
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
