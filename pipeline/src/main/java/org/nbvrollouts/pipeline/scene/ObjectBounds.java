package org.nbvrollouts.pipeline.scene;

/** Grows around the vertices of one object, in object frame, metres. */
final class ObjectBounds {
  private double minX = Double.POSITIVE_INFINITY;
  private double minY = Double.POSITIVE_INFINITY;
  private double minZ = Double.POSITIVE_INFINITY;
  private double maxX = Double.NEGATIVE_INFINITY;
  private double maxY = Double.NEGATIVE_INFINITY;
  private double maxZ = Double.NEGATIVE_INFINITY;

  void include(double x, double y, double z) {
    minX = Math.min(minX, x);
    minY = Math.min(minY, y);
    minZ = Math.min(minZ, z);
    maxX = Math.max(maxX, x);
    maxY = Math.max(maxY, y);
    maxZ = Math.max(maxZ, z);
  }

  double sizeX() {
    return maxX - minX;
  }

  double sizeY() {
    return maxY - minY;
  }

  double sizeZ() {
    return maxZ - minZ;
  }

  double centreX() {
    return (minX + maxX) / 2;
  }

  double centreY() {
    return (minY + maxY) / 2;
  }

  double centreZ() {
    return (minZ + maxZ) / 2;
  }
}
