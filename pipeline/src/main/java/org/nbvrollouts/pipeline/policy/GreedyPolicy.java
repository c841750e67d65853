package org.nbvrollouts.pipeline.policy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.source.DoubleColumn;

/**
 * Best finite scores in descending order; the lower row wins ties. The recorded distribution has
 * the scores as logits, all probability on the chosen row, and entropy 0.
 */
record GreedyPolicy() implements SelectionPolicy {
  static final String NAME = "oracle_greedy";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<SelectionDraw> select(double[] scores, int branchCount, DoubleSupplier uniforms) {
    ConfigCheck.atLeast("branch count", branchCount, 1);
    double[] logits = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      logits[i] = Double.isFinite(scores[i]) ? scores[i] + 0.0 : Double.NEGATIVE_INFINITY;
    }
    return IntStream.range(0, logits.length)
        .filter(i -> logits[i] != Double.NEGATIVE_INFINITY)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
        .limit(branchCount)
        .map(i -> oneHot(logits, i))
        .toList();
  }

  private static SelectionDraw oneHot(double[] logits, int chosen) {
    double[] probabilities = new double[logits.length];
    double[] logProbabilities = new double[logits.length];
    Arrays.fill(logProbabilities, Double.NEGATIVE_INFINITY);
    probabilities[chosen] = 1;
    logProbabilities[chosen] = 0;
    return new SelectionDraw(
        chosen,
        new SelectionDistribution(
            DoubleColumn.of(logits),
            DoubleColumn.of(probabilities),
            DoubleColumn.of(logProbabilities)),
        0);
  }
}
