package org.nbvrollouts.pipeline.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Draws without replacement: the softmax is taken anew over the rows that are left. */
final class SequentialDraws {
  private SequentialDraws() {}

  /**
   * Draws up to {@code count} rows.
   *
   * @param initialLogits −Infinity marks rows that cannot be chosen
   */
  static List<SelectionDraw> draw(double[] initialLogits, int count, DoubleSupplier uniforms) {
    double[] logits = initialLogits.clone();
    int eligible = 0;
    for (double logit : logits) {
      eligible += logit == Double.NEGATIVE_INFINITY ? 0 : 1;
    }
    List<SelectionDraw> draws = new ArrayList<>();
    for (int i = 0; i < Math.min(count, eligible); i++) {
      SelectionDraw draw = new MaskedSoftmax(logits).draw(uniforms.getAsDouble());
      logits[draw.index()] = Double.NEGATIVE_INFINITY;
      draws.add(draw);
    }
    return List.copyOf(draws);
  }
}
