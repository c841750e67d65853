package org.nbvrollouts.pipeline.scene;

/** Pixel range that something covers in an image; empty if it is not seen. */
record ImageBox(double minU, double maxU, double minV, double maxV) {
  static final ImageBox EMPTY =
      new ImageBox(
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY);

  boolean isEmpty() {
    return !(minU < maxU && minV < maxV);
  }

  ImageBox include(double u, double v) {
    return new ImageBox(Math.min(minU, u), Math.max(maxU, u), Math.min(minV, v), Math.max(maxV, v));
  }
}
