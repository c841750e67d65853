package org.nbvrollouts.pipeline.policy;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.config.ConfigCheck;

/** Every row with a finite label is equally likely; logits are 0. */
record RandomPolicy(String name, SiblingGuards guards) implements SelectionPolicy {
  static final String RANDOM = "random";
  static final String RANDOM_VALID = "random_valid";

  @Override
  public List<SelectionDraw> select(SelectionInput node, int branchCount, DoubleSupplier uniforms) {
    ConfigCheck.atLeast("branch count", branchCount, 1);
    double[] logits = new double[node.size()];
    for (int row = 0; row < logits.length; row++) {
      logits[row] = node.isSelectable(row) ? 0 : Double.NEGATIVE_INFINITY;
    }
    return new SequentialDraws(node, guards, uniforms).draw(logits, branchCount);
  }
}
