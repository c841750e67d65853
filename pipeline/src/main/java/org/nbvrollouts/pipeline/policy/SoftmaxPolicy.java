package org.nbvrollouts.pipeline.policy;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Softmax of scaled scores, drawn without replacement. */
record SoftmaxPolicy(double temperature, LogitScaling scaling) implements SelectionPolicy {
  static final String NAME = "temperature_softmax";

  SoftmaxPolicy {
    ConfigCheck.greaterThan("selection_temperature", temperature, 0);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<SelectionDraw> select(double[] scores, int branchCount, DoubleSupplier uniforms) {
    ConfigCheck.atLeast("branch count", branchCount, 1);
    ScoreScale scale =
        scaling == LogitScaling.ROBUST ? ScoreScale.robust(scores) : ScoreScale.IDENTITY;
    double[] logits = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      logits[i] =
          Double.isFinite(scores[i])
              ? scale.apply(scores[i], temperature)
              : Double.NEGATIVE_INFINITY;
    }
    return SequentialDraws.draw(logits, branchCount, uniforms);
  }
}
