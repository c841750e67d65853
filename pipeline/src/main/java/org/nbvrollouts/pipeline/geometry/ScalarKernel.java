package org.nbvrollouts.pipeline.geometry;

/** Searches that need nothing but the Java platform. */
final class ScalarKernel implements Kernel {
  @Override
  public RaySearch newRaySearch(Bvh bvh) {
    return new FloatRaySearch(bvh);
  }

  @Override
  public GridProjector newGridProjector(Bvh bvh) {
    return new ScalarGridProjector(bvh);
  }

  @Override
  public PointSearch newPointSearch(Bvh bvh) {
    return new FloatPointSearch(bvh);
  }
}
