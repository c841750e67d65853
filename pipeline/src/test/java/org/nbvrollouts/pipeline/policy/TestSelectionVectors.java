package org.nbvrollouts.pipeline.policy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;

/** Every number about choices in the golden file is an input or compared. */
class TestSelectionVectors {
  private final VectorCheck check = VectorCheck.of("selection_and_rules", "selection");
  private final JsonNode golden = check.golden();
  private final double[] scores = GoldenVectors.numbers(golden.get("scores"));

  @Test
  void everyNumberIsReproduced() {
    JsonNode robust = golden.get("robust");
    ScoreScale scale = ScoreScale.robust(scores);
    check.number("median_lower", scale.centre(), robust.get("median_lower"));
    check.number("scale", scale.spread(), robust.get("scale"));
    check.numbers("logits_tau1", logits(scale, scores, 1), robust.get("logits_tau1"));
    check.numbers("logits_tau0_5", logits(scale, scores, 0.5), robust.get("logits_tau0_5"));
    draws(LogitScaling.ROBUST, robust.get("draws_tau1"));
    draws(LogitScaling.PLAIN, golden.get("plain").get("draws_tau1"));

    JsonNode small = golden.get("small_set");
    double[] few = GoldenVectors.numbers(small.get("scores"));
    ScoreScale deviation = ScoreScale.robust(few);
    check.numbers("result", logits(deviation, few, 1), small.get("result"));
    check.number("median", deviation.centre(), small.get("median"));
    check.number("scale", deviation.spread(), small.get("scale"));

    JsonNode random = golden.get("random_valid");
    List<SelectionDraw> uniform = select("random_valid", LogitScaling.ROBUST, 9, () -> 0.5);
    check.number("valid_finite", uniform.size(), random.get("valid_finite"));
    double[] each = uniform.get(0).distribution().probabilities().toArray();
    check.number(
        "probability_each",
        Arrays.stream(each).limit(4).max().orElseThrow(),
        random.get("probability_each"));
    check.number("entropy", uniform.get(0).entropy(), random.get("entropy"));

    List<SelectionDraw> greedy = select("oracle_greedy", LogitScaling.ROBUST, 9, () -> 0.5);
    check.numbers(
        "greedy_order",
        greedy.stream().mapToDouble(SelectionDraw::index).toArray(),
        golden.get("greedy_order"));
    check.everythingCompared(96, "scores", "draws_tau1/u");
  }

  private void draws(LogitScaling scaling, JsonNode expected) {
    double[] u = new double[expected.size()];
    for (int i = 0; i < u.length; i++) {
      u[i] = expected.get(i).get("u").asDouble();
    }
    List<SelectionDraw> draws =
        select("temperature_softmax", scaling, u.length, Arrays.stream(u).iterator()::nextDouble);
    for (int i = 0; i < u.length; i++) {
      SelectionDraw draw = draws.get(i);
      JsonNode want = expected.get(i);
      String place = scaling + " draw " + i;
      check.numbers(place, draw.distribution().logits().toArray(), want.get("logits"));
      check.numbers(
          place, draw.distribution().probabilities().toArray(), want.get("probabilities"));
      check.numbers(
          place, draw.distribution().logProbabilities().toArray(), want.get("log_probabilities"));
      check.number(place, draw.entropy(), want.get("entropy"));
      check.number(place, draw.index(), want.get("selected"));
      check.number(place, draw.logProbability(), want.get("selected_log_probability"));
    }
  }

  private List<SelectionDraw> select(
      String policy, LogitScaling scaling, int count, DoubleSupplier uniforms) {
    return SelectionPolicy.of(policy, 1, scaling, SiblingGuards.NONE)
        .select(PolicyNodes.scored(scores), count, uniforms);
  }

  private static double[] logits(ScoreScale scale, double[] scores, double temperature) {
    return Arrays.stream(scores).map(score -> scale.apply(score, temperature)).toArray();
  }
}
