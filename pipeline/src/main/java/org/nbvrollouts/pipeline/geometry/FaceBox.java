package org.nbvrollouts.pipeline.geometry;

/** Padded box of one face or of a subtree of faces, widened to double and reused. */
final class FaceBox {
  double leastX;
  double leastY;
  double leastZ;
  double largestX;
  double largestY;
  double largestZ;

  /** Takes the box of a child from the nodes of a tree. */
  void setChild(float[] nodeBoxes, int offset) {
    leastX = nodeBoxes[offset];
    leastY = nodeBoxes[offset + 1];
    leastZ = nodeBoxes[offset + 2];
    largestX = nodeBoxes[offset + 3];
    largestY = nodeBoxes[offset + 4];
    largestZ = nodeBoxes[offset + 5];
  }

  /** Takes the box of a face from its corners, which lie in a block of a tree. */
  void setFace(float[] corners, int offset, double padMetres) {
    leastX = least(corners, offset) - padMetres;
    leastY = least(corners, offset + Bvh.BLOCK_FACES) - padMetres;
    leastZ = least(corners, offset + 2 * Bvh.BLOCK_FACES) - padMetres;
    largestX = largest(corners, offset) + padMetres;
    largestY = largest(corners, offset + Bvh.BLOCK_FACES) + padMetres;
    largestZ = largest(corners, offset + 2 * Bvh.BLOCK_FACES) + padMetres;
  }

  /** Squared diagonal. */
  double squaredDiagonal() {
    double dx = largestX - leastX;
    double dy = largestY - leastY;
    double dz = largestZ - leastZ;
    return dx * dx + dy * dy + dz * dz;
  }

  /**
   * The larger of two finite gaps of which at most one is positive, at least 0: exactly, without a
   * branch, and without leaving the registers of doubles.
   */
  static double gap(double below, double above) {
    return 0.5 * ((below + Math.abs(below)) + (above + Math.abs(above)));
  }

  private static float least(float[] corners, int offset) {
    float a = corners[offset];
    float b = corners[offset + 3 * Bvh.BLOCK_FACES];
    float c = corners[offset + 6 * Bvh.BLOCK_FACES];
    float least = a < b ? a : b;
    return least < c ? least : c;
  }

  private static float largest(float[] corners, int offset) {
    float a = corners[offset];
    float b = corners[offset + 3 * Bvh.BLOCK_FACES];
    float c = corners[offset + 6 * Bvh.BLOCK_FACES];
    float largest = a > b ? a : b;
    return largest > c ? largest : c;
  }
}
