package org.nbvrollouts.jobs.summary;

import java.io.Serializable;
import java.util.List;

/**
 * Gains of selected candidates.
 *
 * @param count number of finite gains
 * @param sum their sum, added in order
 * @param least smallest
 * @param most largest
 */
public record GainStats(long count, double sum, double least, double most) implements Serializable {
  private static final long serialVersionUID = 1L;

  static GainStats of(List<Double> gains) {
    double sum = 0;
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (double gain : gains) {
      sum += gain;
      least = Math.min(least, gain);
      most = Math.max(most, gain);
    }
    return new GainStats(gains.size(), sum, least, most);
  }

  GainStats plus(GainStats other) {
    return new GainStats(
        count + other.count,
        sum + other.sum,
        Math.min(least, other.least),
        Math.max(most, other.most));
  }

  /** Mean gain, NaN without any. */
  public double mean() {
    return count == 0 ? Double.NaN : sum / count;
  }
}
