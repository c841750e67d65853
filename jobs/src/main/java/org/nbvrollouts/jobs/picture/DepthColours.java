package org.nbvrollouts.jobs.picture;

/**
 * Colours of depth values: warm and bright is near, dark blue is far, grey is no measurement.
 * Lightness falls steadily with depth, so that the picture also reads without colour.
 */
final class DepthColours {
  static final int NOT_MEASURED = 0x808080;

  /** Anchors from near to far, evenly spaced, as red, green, blue. */
  private static final int[][] ANCHORS = {
    {255, 250, 210}, {252, 196, 94}, {226, 112, 76}, {150, 52, 108}, {70, 28, 110}, {12, 12, 40}
  };

  private DepthColours() {}

  /** Packed RGB of a depth between {@code near} and {@code far}, metres; clamped outside. */
  static int of(double depthMetres, double near, double far) {
    double span = Math.max(far - near, Double.MIN_NORMAL);
    double place = Math.min(1, Math.max(0, (depthMetres - near) / span)) * (ANCHORS.length - 1);
    int low = Math.min((int) place, ANCHORS.length - 2);
    double part = place - low;
    int colour = 0;
    for (int channel = 0; channel < 3; channel++) {
      double value = ANCHORS[low][channel] * (1 - part) + ANCHORS[low + 1][channel] * part;
      colour = colour << 8 | (int) Math.round(value);
    }
    return colour;
  }
}
