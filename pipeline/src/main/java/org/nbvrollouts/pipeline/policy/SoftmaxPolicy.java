package org.nbvrollouts.pipeline.policy;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/**
 * Softmax of scaled scores, drawn without replacement. The scale is that of all finite scores, also
 * of those that earlier choices or guards have taken out.
 */
record SoftmaxPolicy(double temperature, LogitScaling scaling, SiblingGuards guards)
    implements SelectionPolicy {
  static final String NAME = "temperature_softmax";

  SoftmaxPolicy {
    ConfigCheck.greaterThan("selection_temperature", temperature, 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<SelectionDraw> select(SelectionInput node, int branchCount, DoubleSupplier uniforms) {
    ConfigCheck.atLeast("branch count", branchCount, 1);
    double[] scores = node.scores().toArray();
    ScoreScale scale =
        scaling == LogitScaling.ROBUST ? ScoreScale.robust(scores) : ScoreScale.IDENTITY;
    double[] logits = new double[scores.length];
    for (int row = 0; row < scores.length; row++) {
      logits[row] =
          node.isSelectable(row) ? scale.apply(scores[row], temperature) : Double.NEGATIVE_INFINITY;
    }
    return new SequentialDraws(node, guards, uniforms).draw(logits, branchCount);
  }
}
