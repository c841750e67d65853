package org.nbvrollouts.pipeline.geometry;

/**
 * Pixels at which faces of a leaf may be seen, and which ones; reused. They are collected before
 * any of them is tested, so that finding the next ones does not wait for a guess whether a pixel
 * sees anything.
 */
final class FacePixels {
  private static final int FACE_BITS = Bvh.BLOCK_FACES;
  private static final int ALL_FACES = (1 << FACE_BITS) - 1;

  /** A pixel, see {@link ProjectedNodes#pixel}, above the bits of its faces. */
  long[] entries = new long[0];

  int count;

  /** Makes room for every pixel of a grid. */
  void begin(RayGrid grid) {
    if (entries.length <= grid.depths.length) {
      // One more, because an entry is written before it is known whether it counts.
      entries = new long[grid.depths.length + 1];
    }
  }

  static long entry(int pixel, int faces) {
    return (long) pixel << FACE_BITS | faces;
  }

  /** 1 if there is a face, 0 without; no branch, which could not be predicted. */
  static int one(int faces) {
    return (faces + ALL_FACES) >>> FACE_BITS;
  }

  int pixel(int i) {
    return (int) (entries[i] >>> FACE_BITS);
  }

  /** Faces that may be seen, the first one of the leaf being bit 0; never 0. */
  int faces(int i) {
    return (int) entries[i] & ALL_FACES;
  }
}
