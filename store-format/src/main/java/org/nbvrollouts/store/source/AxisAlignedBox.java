package org.nbvrollouts.store.source;

/** Axis-aligned box in world metres, {@code min <= max} on every axis. */
public record AxisAlignedBox(
    double minX, double maxX, double minY, double maxY, double minZ, double maxZ) {

  public AxisAlignedBox {
    if (!(minX <= maxX && minY <= maxY && minZ <= maxZ)) {
      throw new IllegalArgumentException(
          "Invalid axis-aligned box: ["
              + minX
              + ", "
              + maxX
              + "] × ["
              + minY
              + ", "
              + maxY
              + "] × ["
              + minZ
              + ", "
              + maxZ
              + "] (expected finite bounds with min at most max)");
    }
  }

  /** True if the point lies in the box, boundary included. */
  public boolean contains(double x, double y, double z) {
    return x >= minX && x <= maxX && y >= minY && y <= maxY && z >= minZ && z <= maxZ;
  }

  /** The smallest box that holds both. */
  public AxisAlignedBox union(AxisAlignedBox other) {
    return new AxisAlignedBox(
        Math.min(minX, other.minX),
        Math.max(maxX, other.maxX),
        Math.min(minY, other.minY),
        Math.max(maxY, other.maxY),
        Math.min(minZ, other.minZ),
        Math.max(maxZ, other.maxZ));
  }
}
