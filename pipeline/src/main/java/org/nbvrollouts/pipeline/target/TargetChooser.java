package org.nbvrollouts.pipeline.target;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Ranks eligible rows and takes targets from them (specification generation 3.4). */
final class TargetChooser {
  private static final Comparator<JudgedTarget> BEST_FIRST =
      Comparator.comparingDouble(JudgedTarget::score)
          .reversed()
          .thenComparingInt(JudgedTarget::sourceIndex)
          .thenComparing(JudgedTarget::targetId);

  /** A row that was taken. */
  record Choice(JudgedTarget target, TargetDraw draw) {}

  private final TargetChoiceConfig config;

  TargetChooser(TargetChoiceConfig config) {
    this.config = config;
  }

  /**
   * Takes up to {@code k} rows, in the order in which they become targets.
   *
   * @param eligible rows in any order
   * @param uniforms numbers in [0, 1), one per draw
   */
  List<Choice> choose(List<JudgedTarget> eligible, DoubleSupplier uniforms) {
    List<JudgedTarget> ranked = new ArrayList<>(eligible);
    ranked.sort(BEST_FIRST);
    return switch (config.policy()) {
      case GREEDY_TOP_K ->
          ranked.stream()
              .limit(config.k())
              .map(row -> new Choice(row, TargetDraw.CERTAIN))
              .toList();
      case TEMPERATURE_SOFTMAX_TOP_K -> draw(ranked, uniforms);
    };
  }

  /** Draws without replacement; the distribution is formed anew over the rows left. */
  private List<Choice> draw(List<JudgedTarget> left, DoubleSupplier uniforms) {
    List<Choice> choices = new ArrayList<>();
    while (choices.size() < config.k() && !left.isEmpty()) {
      double[] probabilities = softmax(left);
      int drawn = firstBeyond(probabilities, uniforms.getAsDouble());
      choices.add(new Choice(left.remove(drawn), TargetDraw.of(probabilities, drawn)));
    }
    return choices;
  }

  /** Rows are ranked, so the first score is the greatest and no exponential overflows. */
  private double[] softmax(List<JudgedTarget> ranked) {
    double greatest = ranked.get(0).score();
    double[] weights = new double[ranked.size()];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp((ranked.get(i).score() - greatest) / config.temperature());
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  /** The smallest row whose cumulative probability exceeds {@code uniform} times the total. */
  private static int firstBeyond(double[] probabilities, double uniform) {
    double total = 0;
    for (double p : probabilities) {
      total += p;
    }
    double threshold = uniform * total;
    double cumulative = 0;
    int row = 0;
    while (row < probabilities.length - 1) {
      cumulative += probabilities[row];
      if (threshold < cumulative) {
        break;
      }
      row++;
    }
    return row;
  }
}
