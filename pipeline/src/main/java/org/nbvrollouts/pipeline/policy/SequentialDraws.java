package org.nbvrollouts.pipeline.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Draws without replacement: the softmax is taken anew over the rows that are left and admitted by
 * guards, or over all that are left if guards admit none of them.
 */
final class SequentialDraws {
  private final SelectionInput node;
  private final GuardedRows rows;
  private final DoubleSupplier uniforms;

  SequentialDraws(SelectionInput node, SiblingGuards guards, DoubleSupplier uniforms) {
    this.node = node;
    this.rows = new GuardedRows(guards, node);
    this.uniforms = uniforms;
  }

  /**
   * Draws up to {@code count} rows.
   *
   * @param logits −Infinity marks rows that cannot be chosen
   */
  List<SelectionDraw> draw(double[] logits, int count) {
    double[] left = logits.clone();
    int drawable = 0;
    for (double logit : left) {
      drawable += logit == Double.NEGATIVE_INFINITY ? 0 : 1;
    }
    List<SelectionDraw> draws = new ArrayList<>();
    for (int i = 0; i < Math.min(count, drawable); i++) {
      MaskedSoftmax softmax = new MaskedSoftmax(eligible(left));
      int row = softmax.draw(uniforms.getAsDouble());
      draws.add(
          new SelectionDraw(row, node.scores().at(row), softmax.distribution(), softmax.entropy()));
      left[row] = Double.NEGATIVE_INFINITY;
      rows.choose(row);
    }
    return List.copyOf(draws);
  }

  private double[] eligible(double[] left) {
    double[] admitted = left.clone();
    int count = 0;
    for (int row = 0; row < admitted.length; row++) {
      if (admitted[row] != Double.NEGATIVE_INFINITY) {
        if (rows.admits(row)) {
          count++;
        } else {
          admitted[row] = Double.NEGATIVE_INFINITY;
        }
      }
    }
    return count > 0 ? admitted : left;
  }
}
