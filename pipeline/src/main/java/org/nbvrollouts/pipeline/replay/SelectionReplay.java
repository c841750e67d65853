package org.nbvrollouts.pipeline.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.nbvrollouts.pipeline.policy.LogitScaling;
import org.nbvrollouts.pipeline.rollout.RolloutRecipeConfig;
import org.nbvrollouts.store.source.DoubleColumn;

/** How many children a node gets, and which (specification generation 7.2 to 7.5). */
final class SelectionReplay {
  private static final double LEAST_SCALE = 1.1920929e-7f;
  private static final double LEAST_PROBABILITY = 1.17549435e-38f;
  private static final double IMPOSSIBLE = Double.NEGATIVE_INFINITY;

  private final RolloutRecipeConfig recipe;

  SelectionReplay(RolloutRecipeConfig recipe) {
    this.recipe = recipe;
  }

  /**
   * The choices at a node in their order.
   *
   * @param scores label per valid candidate
   * @param places of the valid candidates
   * @param step depth of the node
   * @param uniforms selection stream
   */
  List<ReplayedDraw> draws(
      double[] scores, ChoicePlaces places, int step, DoubleSupplier uniforms) {
    boolean isCountDrawn = !recipe.branching().stochasticFactors().isEmpty();
    int branches = isCountDrawn ? drawnCount(uniforms.getAsDouble()) : count(step);
    GuardReplay guards = new GuardReplay(recipe.guards(), places);
    return switch (recipe.selectionPolicy()) {
      case "oracle_greedy" -> greedy(scores, branches, guards);
      case "farthest_from_history" ->
          greedy(among(scores, places.toAnyPlaceBefore()), branches, guards);
      case "farthest_from_reference" ->
          greedy(among(scores, places.toLastPlace()), branches, guards);
      case "random", "random_valid" -> sampled(scores, equal(scores), branches, uniforms, guards);
      case "temperature_softmax" -> sampled(scores, logits(scores), branches, uniforms, guards);
      default ->
          throw CannotReplay.because(
              "this policy is not written down a second time", recipe.selectionPolicy());
    };
  }

  private int count(int step) {
    List<Integer> schedule = recipe.branching().schedule();
    return schedule.isEmpty()
        ? recipe.branching().branchFactor()
        : schedule.get(Math.min(step, schedule.size() - 1));
  }

  private int drawnCount(double u) {
    List<Integer> factors = recipe.branching().stochasticFactors();
    List<Double> given = recipe.branching().stochasticProbabilities();
    double[] weights = new double[factors.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = given.isEmpty() ? 1 : given.get(i);
    }
    return factors.get(firstBeyond(weights, u));
  }

  /** The smallest row whose cumulative weight exceeds u times the sum of all. */
  private static int firstBeyond(double[] weights, double u) {
    double sum = 0;
    for (double weight : weights) {
      sum += weight;
    }
    double cumulative = 0;
    int chosen = -1;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        cumulative += weights[i];
        chosen = i;
        if (u * sum < cumulative) {
          return i;
        }
      }
    }
    return chosen;
  }

  /** The distances of rows that have a label. */
  private static double[] among(double[] scores, double[] metres) {
    double[] own = metres.clone();
    for (int i = 0; i < own.length; i++) {
      own[i] = Double.isFinite(scores[i]) ? own[i] : Double.NaN;
    }
    return own;
  }

  private static List<ReplayedDraw> greedy(double[] scores, int branches, GuardReplay guards) {
    double[] logits = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      logits[i] = Double.isFinite(scores[i]) ? scores[i] : IMPOSSIBLE;
    }
    List<ReplayedDraw> draws = new ArrayList<>();
    double[] left = scores.clone();
    for (int row = best(left); row >= 0 && draws.size() < branches; row = best(left)) {
      left[row] = Double.NaN;
      if (guards.admits(row)) {
        guards.choose(row);
        draws.add(certain(row, logits));
      }
    }
    int first = best(scores);
    return draws.isEmpty() && first >= 0 ? List.of(certain(first, logits)) : draws;
  }

  /** The first of the highest finite scores, −1 if there is none. */
  private static int best(double[] scores) {
    int best = -1;
    for (int i = 0; i < scores.length; i++) {
      if (Double.isFinite(scores[i]) && (best < 0 || scores[i] > scores[best])) {
        best = i;
      }
    }
    return best;
  }

  private static ReplayedDraw certain(int row, double[] logits) {
    double[] probabilities = new double[logits.length];
    double[] logarithms = new double[logits.length];
    Arrays.fill(logarithms, IMPOSSIBLE);
    probabilities[row] = 1;
    logarithms[row] = 0;
    return draw(row, logits[row], logits, probabilities, logarithms);
  }

  private static double[] equal(double[] scores) {
    return Arrays.stream(scores).map(s -> Double.isFinite(s) ? 0 : IMPOSSIBLE).toArray();
  }

  private double[] logits(double[] scores) {
    double[] finite = Arrays.stream(scores).filter(Double::isFinite).sorted().toArray();
    boolean isRobust = recipe.logitScaling() == LogitScaling.ROBUST && finite.length > 0;
    double median = isRobust ? finite[(finite.length - 1) / 2] : 0;
    double scale = isRobust ? Math.max(spread(finite), LEAST_SCALE) : 1;
    return Arrays.stream(scores)
        .map(
            s ->
                Double.isFinite(s)
                    ? bounded((s - median) / scale / recipe.selectionTemperature())
                    : IMPOSSIBLE)
        .toArray();
  }

  private static double bounded(double logit) {
    return Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, logit));
  }

  private static double spread(double[] sorted) {
    if (sorted.length >= 4) {
      return quantile(sorted, 0.75) - quantile(sorted, 0.25);
    }
    double mean = Arrays.stream(sorted).reduce(0, Double::sum) / sorted.length;
    double squares = Arrays.stream(sorted).map(s -> (s - mean) * (s - mean)).reduce(0, Double::sum);
    return Math.sqrt(squares / sorted.length);
  }

  private static double quantile(double[] sorted, double q) {
    double at = (sorted.length - 1) * q;
    int below = (int) Math.floor(at);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }

  /** Draws without replacement; each distribution is taken anew over the rows that are left. */
  private static List<ReplayedDraw> sampled(
      double[] scores, double[] logits, int branches, DoubleSupplier uniforms, GuardReplay guards) {
    double[] left = logits.clone();
    List<ReplayedDraw> draws = new ArrayList<>();
    while (draws.size() < branches && most(left) > IMPOSSIBLE) {
      double[] eligible = left.clone();
      for (int i = 0; i < eligible.length; i++) {
        eligible[i] = guards.admits(i) ? eligible[i] : IMPOSSIBLE;
      }
      eligible = most(eligible) > IMPOSSIBLE ? eligible : left.clone();
      double[] probabilities = softmax(eligible, most(eligible));
      double[] logarithms = new double[left.length];
      for (int i = 0; i < left.length; i++) {
        logarithms[i] =
            eligible[i] == IMPOSSIBLE
                ? IMPOSSIBLE
                : StrictMath.log(Math.max(probabilities[i], LEAST_PROBABILITY));
      }
      int chosen = firstBeyond(probabilities, uniforms.getAsDouble());
      draws.add(draw(chosen, scores[chosen], eligible, probabilities, logarithms));
      left[chosen] = IMPOSSIBLE;
      guards.choose(chosen);
    }
    return draws;
  }

  private static double most(double[] logits) {
    return Arrays.stream(logits).max().orElse(IMPOSSIBLE);
  }

  private static double[] softmax(double[] logits, double most) {
    double[] weights = new double[logits.length];
    double sum = 0;
    for (int i = 0; i < logits.length; i++) {
      weights[i] = logits[i] == IMPOSSIBLE ? 0 : StrictMath.exp(logits[i] - most);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    return weights;
  }

  private static ReplayedDraw draw(
      int index, double score, double[] logits, double[] probabilities, double[] logarithms) {
    return new ReplayedDraw(
        index,
        score,
        DoubleColumn.of(logits),
        DoubleColumn.of(probabilities),
        DoubleColumn.of(logarithms));
  }
}
