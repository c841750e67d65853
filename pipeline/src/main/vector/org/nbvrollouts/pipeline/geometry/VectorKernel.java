package org.nbvrollouts.pipeline.geometry;

import jdk.incubator.vector.FloatVector;

/** Searches that test eight boxes or faces at a time with the Vector API. */
final class VectorKernel implements Kernel {
  private static final int LEAST_BITS = 256;

  VectorKernel() {
    int bits = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    if (bits < LEAST_BITS) {
      throw new UnsupportedOperationException("vectors of " + bits + " bits are too short");
    }
  }

  @Override
  public RaySearch newRaySearch(Bvh bvh) {
    return new VectorRaySearch(bvh);
  }

  @Override
  public GridProjector newGridProjector(Bvh bvh) {
    return new VectorGridProjector(bvh);
  }

  @Override
  public PointSearch newPointSearch(Bvh bvh) {
    return new VectorPointSearch(bvh);
  }
}
