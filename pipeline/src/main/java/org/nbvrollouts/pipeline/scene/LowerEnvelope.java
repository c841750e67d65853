package org.nbvrollouts.pipeline.scene;

/**
 * One-dimensional squared distance transform: out[p] = min over q of (p − q)² + in[q], by the lower
 * envelope of parabolas (Felzenszwalb and Huttenlocher, Distance Transforms of Sampled Functions).
 */
final class LowerEnvelope {
  private final double[] input;
  private final int[] apex;
  private final double[] start;

  LowerEnvelope(int longest) {
    input = new double[longest];
    apex = new int[longest];
    start = new double[longest + 1];
  }

  /** Transforms {@code count} values in place, {@code stride} apart. */
  void transform(double[] values, int offset, int stride, int count) {
    for (int i = 0; i < count; i++) {
      input[i] = values[offset + i * stride];
    }
    int last = 0;
    apex[0] = 0;
    start[0] = Double.NEGATIVE_INFINITY;
    start[1] = Double.POSITIVE_INFINITY;
    for (int q = 1; q < count; q++) {
      double meeting = meeting(q, apex[last]);
      while (meeting <= start[last]) {
        last--;
        meeting = meeting(q, apex[last]);
      }
      last++;
      apex[last] = q;
      start[last] = meeting;
      start[last + 1] = Double.POSITIVE_INFINITY;
    }
    int piece = 0;
    for (int p = 0; p < count; p++) {
      while (start[piece + 1] < p) {
        piece++;
      }
      double gap = p - apex[piece];
      values[offset + p * stride] = gap * gap + input[apex[piece]];
    }
  }

  private double meeting(int q, int p) {
    return (input[q] - input[p] + (double) q * q - (double) p * p) / (2.0 * (q - p));
  }
}
