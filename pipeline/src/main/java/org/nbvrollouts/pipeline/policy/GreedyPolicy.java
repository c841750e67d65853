package org.nbvrollouts.pipeline.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;
import org.nbvrollouts.pipeline.config.ConfigCheck;
import org.nbvrollouts.store.rollout.SelectionDistribution;
import org.nbvrollouts.store.source.DoubleColumn;

/**
 * Best scores in descending order; the lower row wins ties. Rows that guards keep out are skipped,
 * so that a node may get fewer children than wanted; if they keep out every row, the best one is
 * taken. The recorded distribution has the scores as logits, all probability on the chosen row, and
 * entropy 0.
 */
record GreedyPolicy(GreedyScore score, SiblingGuards guards) implements SelectionPolicy {

  @Override
  public String name() {
    return score.policyName();
  }

  @Override
  public Optional<String> ownScore() {
    return score == GreedyScore.LABEL ? Optional.empty() : Optional.of(name());
  }

  @Override
  public List<SelectionDraw> select(SelectionInput node, int branchCount, DoubleSupplier uniforms) {
    ConfigCheck.atLeast("branch count", branchCount, 1);
    double[] logits = new double[node.size()];
    for (int row = 0; row < logits.length; row++) {
      logits[row] = node.isSelectable(row) ? score.of(node, row) + 0.0 : Double.NEGATIVE_INFINITY;
    }
    List<Integer> ranked =
        IntStream.range(0, logits.length)
            .filter(row -> logits[row] != Double.NEGATIVE_INFINITY)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer row) -> -logits[row]))
            .toList();
    return chosen(ranked, branchCount, new GuardedRows(guards, node)).stream()
        .map(row -> oneHot(logits, row))
        .toList();
  }

  private static List<Integer> chosen(List<Integer> ranked, int branchCount, GuardedRows rows) {
    List<Integer> chosen = new ArrayList<>();
    for (int row : ranked) {
      if (chosen.size() < branchCount && rows.admits(row)) {
        rows.choose(row);
        chosen.add(row);
      }
    }
    return chosen.isEmpty() ? ranked.subList(0, Math.min(1, ranked.size())) : chosen;
  }

  private static SelectionDraw oneHot(double[] logits, int chosen) {
    double[] probabilities = new double[logits.length];
    double[] logProbabilities = new double[logits.length];
    Arrays.fill(logProbabilities, Double.NEGATIVE_INFINITY);
    probabilities[chosen] = 1;
    logProbabilities[chosen] = 0;
    return new SelectionDraw(
        chosen,
        logits[chosen],
        new SelectionDistribution(
            DoubleColumn.of(logits),
            DoubleColumn.of(probabilities),
            DoubleColumn.of(logProbabilities)),
        0);
  }
}
