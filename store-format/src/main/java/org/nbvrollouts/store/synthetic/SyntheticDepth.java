package org.nbvrollouts.store.synthetic;

import java.util.SplittableRandom;
import org.nbvrollouts.store.rollout.SelectedDepth;

/**
 * Depth images of a room. The inverse depth of a plane is linear in the pixel, so the nearest of
 * some planes is one multiplication per plane and pixel; what lies beyond the far clip is empty.
 */
final class SyntheticDepth {
  private static final double FAR_CLIP_METRES = 20;
  private static final int PLANES = 4;

  private SyntheticDepth() {}

  static SelectedDepth image(int px, SplittableRandom random) {
    float[] atCentre = new float[PLANES];
    float[] perColumn = new float[PLANES];
    float[] perLine = new float[PLANES];
    for (int plane = 0; plane < PLANES; plane++) {
      atCentre[plane] = (float) (1 / random.nextDouble(1.5, 8));
      perColumn[plane] = (float) (random.nextDouble(-0.8, 0.8) / px);
      perLine[plane] = (float) (random.nextDouble(-0.8, 0.8) / px);
    }
    // A window: nothing is hit behind it.
    int left = random.nextInt(px);
    int top = random.nextInt(px);
    int size = px / 8;
    float[] metres = new float[px * px];
    boolean[] valid = new boolean[px * px];
    float farthest = (float) (1 / FAR_CLIP_METRES);
    for (int line = 0; line < px; line++) {
      for (int column = 0; column < px; column++) {
        float inverse = 0;
        for (int plane = 0; plane < PLANES; plane++) {
          inverse =
              Math.max(
                  inverse,
                  atCentre[plane]
                      + perColumn[plane] * (column - px / 2)
                      + perLine[plane] * (line - px / 2));
        }
        boolean open = column >= left && column < left + size && line >= top && line < top + size;
        int pixel = line * px + column;
        valid[pixel] = !open && inverse > farthest;
        metres[pixel] = valid[pixel] ? 1 / inverse : 0;
      }
    }
    double focal = 0.6 * px;
    return new SelectedDepth(px, px, metres, valid, focal, focal, px / 2.0, px / 2.0);
  }
}
