package org.nbvrollouts.pipeline.policy;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Every row with a finite score is equally likely; logits are 0. */
record RandomPolicy(String name) implements SelectionPolicy {
  static final String RANDOM = "random";
  static final String RANDOM_VALID = "random_valid";

  @Override
  public List<SelectionDraw> select(double[] scores, int branchCount, DoubleSupplier uniforms) {
    ConfigCheck.atLeast("branch count", branchCount, 1);
    double[] logits = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      logits[i] = Double.isFinite(scores[i]) ? 0 : Double.NEGATIVE_INFINITY;
    }
    return SequentialDraws.draw(logits, branchCount, uniforms);
  }
}
