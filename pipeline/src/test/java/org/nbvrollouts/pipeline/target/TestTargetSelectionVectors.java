package org.nbvrollouts.pipeline.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.vectors.GoldenVectors;
import org.nbvrollouts.pipeline.vectors.VectorCheck;
import org.nbvrollouts.store.source.OrientedBox;

/** Every number about targets in the golden file is an input or compared. */
class TestTargetSelectionVectors {
  private static final String FILE = "selection_and_rules";

  @Test
  void everyNumberOfTargetSelectionIsReproduced() {
    VectorCheck check = VectorCheck.of(FILE, "target_selection");
    JsonNode golden = check.golden();
    List<JudgedTarget> eligible = new ArrayList<>();
    for (int i = 0; i < golden.get("rows").size(); i++) {
      JsonNode row = golden.get("rows").get(i);
      JudgedTarget judged = TestTargetJudge.judge(row);
      row("rows[" + i + "].", judged, row, check);
      if (judged.isEligible()) {
        eligible.add(TestTargetChooser.row(i, judged.score()));
      }
    }
    List<TargetChooser.Choice> ranked =
        TestTargetChooser.choose(10, TargetChoicePolicy.GREEDY_TOP_K, 1, eligible, new double[0]);
    check.numbers(
        "greedy_order_source_index",
        ranked.stream().mapToDouble(choice -> choice.target().sourceIndex()).toArray(),
        golden.get("greedy_order_source_index"));
    softmax(ranked.stream().map(TargetChooser.Choice::target).toList(), check);
    check.everythingCompared(
        119,
        "confidence",
        "bb2_xxyy",
        "require_projected_visibility",
        "temperature",
        "draws/u",
        "draw_rule");
  }

  private static void row(String place, JudgedTarget judged, JsonNode row, VectorCheck check) {
    TargetEvidence evidence = judged.evidence();
    check.number(
        place + "projected_area_pixels",
        evidence.projectedAreaPixels(),
        row.get("projected_area_pixels"));
    check.number(
        place + "projected_area_fraction",
        evidence.projectedAreaFraction(),
        row.get("projected_area_fraction"));
    check.number(place + "semidense", evidence.semidenseSupportCount(), row.get("semidense"));
    check.number(place + "evl", evidence.evlSupportCount(), row.get("evl"));
    check.number(
        place + "effective_support",
        evidence.effectiveSupportCount(),
        row.get("effective_support"));
    check.number(place + "visibility_score", judged.visibility(), row.get("visibility_score"));
    check.number(place + "support_score", judged.support(), row.get("support_score"));
    check.number(place + "deficit_score", judged.deficit(), row.get("deficit_score"));
    check.same(place + "eligible", judged.isEligible(), row.get("eligible").asBoolean());
    check.number(place + "invalid_bitset", judged.reasons().bitset(), row.get("invalid_bitset"));
    check.number(place + "primary", judged.reasons().primary(), row.get("primary"));
    check.number(place + "score", judged.score(), row.get("score"));
  }

  private static void softmax(List<JudgedTarget> judged, VectorCheck check) {
    JsonNode softmax = check.golden().get("softmax");
    JsonNode scores = softmax.get("scores_in_rank_order");
    check.numbers(
        "scores_in_rank_order", judged.stream().mapToDouble(JudgedTarget::score).toArray(), scores);
    // Confidences are stored in float32; the draws follow from the scores of the file.
    List<JudgedTarget> ranked = new ArrayList<>();
    for (int i = 0; i < scores.size(); i++) {
      ranked.add(TestTargetChooser.row(judged.get(i).sourceIndex(), scores.get(i).asDouble()));
    }
    double temperature = softmax.get("temperature").asDouble();
    JsonNode draws = softmax.get("draws");
    double[] uniforms = new double[draws.size()];
    for (int i = 0; i < uniforms.length; i++) {
      uniforms[i] = draws.get(i).get("u").asDouble();
    }
    List<TargetChooser.Choice> choices = draw(temperature, ranked, uniforms);
    for (int i = 0; i < uniforms.length; i++) {
      JsonNode expected = draws.get(i);
      JudgedTarget target = choices.get(i).target();
      TargetDraw draw = choices.get(i).draw();
      String place = "draws[" + i + "].";
      check.number(
          place + "chosen_rank_index", ranked.indexOf(target), expected.get("chosen_rank_index"));
      check.number(place + "source_index", target.sourceIndex(), expected.get("source_index"));
      check.number(place + "probability", draw.probability(), expected.get("probability"));
      check.number(
          place + "log_probability", draw.logProbability(), expected.get("log_probability"));
      check.number(place + "entropy", draw.entropy().orElseThrow(), expected.get("entropy"));
      List<JudgedTarget> taken =
          choices.subList(0, i).stream().map(TargetChooser.Choice::target).toList();
      double[] earlier = Arrays.copyOf(uniforms, i);
      double[] distribution =
          distribution(expected.get("probabilities"), temperature, ranked, taken, earlier);
      check.numbers(place + "probabilities", distribution, expected.get("probabilities"));
    }
  }

  /** The probability of every row at the next draw, each found by drawing that row. */
  private static double[] distribution(
      JsonNode expected,
      double temperature,
      List<JudgedTarget> ranked,
      List<JudgedTarget> taken,
      double[] earlierUniforms) {
    double[] wanted = GoldenVectors.numbers(expected);
    double[] distribution = new double[wanted.length];
    double[] uniforms = Arrays.copyOf(earlierUniforms, earlierUniforms.length + 1);
    double cumulative = 0;
    for (int row = 0; row < wanted.length; row++) {
      if (!taken.contains(ranked.get(row))) {
        uniforms[earlierUniforms.length] = cumulative + wanted[row] / 2;
        TargetChooser.Choice next = draw(temperature, ranked, uniforms).get(earlierUniforms.length);
        boolean isDrawn = next.target().equals(ranked.get(row));
        distribution[row] = isDrawn ? next.draw().probability() : Double.NaN;
      }
      cumulative += wanted[row];
    }
    return distribution;
  }

  private static List<TargetChooser.Choice> draw(
      double temperature, List<JudgedTarget> ranked, double[] uniforms) {
    return TestTargetChooser.choose(
        uniforms.length,
        TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K,
        temperature,
        ranked,
        uniforms);
  }

  @Test
  void everyOverlapOfBoxesIsReproduced() {
    // Bounds are stored in float32, which moves the last digits of the eight in the file.
    double floatBounds = 1e-6;
    // Cells on the border of an overlap are in or out as a whole, 1/96 of an edge each.
    double cells = 0.005;
    VectorCheck check = VectorCheck.of(FILE, "obb_iou");
    SampledIou eight = new SampledIou(8);
    SampledIou fine = new SampledIou(96);
    for (JsonNode pair : check.golden()) {
      WorldBox a = worldBox(pair.get("a"));
      WorldBox b = worldBox(pair.get("b"));
      double overlap = eight.compute(a, b).orElseThrow();
      check.number("iou_sampled8", overlap, pair.get("iou_sampled8"), floatBounds);
      check.number("count_a_in_b", eight.countInside(a, b), pair.get("count_a_in_b"));
      check.number("count_b_in_a", eight.countInside(b, a), pair.get("count_b_in_a"));
      double estimate = fine.compute(a, b).orElseThrow();
      check.number("iou_fine_estimate", estimate, pair.get("iou_fine_estimate"), cells);
      if (!pair.get("iou_exact").isNull()) {
        check.number("iou_exact", estimate, pair.get("iou_exact"), cells);
      }
    }
    check.everythingCompared(18, "obb_iou/a", "obb_iou/b");
  }

  @Test
  void everyOutcomeOfMatchingIsReproduced() {
    VectorCheck check = VectorCheck.of(FILE, "gt_match");
    for (JsonNode golden : check.golden()) {
      List<OrientedBox> truth = new ArrayList<>();
      for (double iou : GoldenVectors.numbers(golden.get("candidates"))) {
        truth.add(TestGroundTruthMatcher.overlapping(truth.size(), iou));
      }
      TargetMatch match = TestGroundTruthMatcher.finely(truth);
      check.same("status", match.status(), golden.get("status").asText());
    }
    check.everythingCompared(3, "candidates");
  }

  private static WorldBox worldBox(JsonNode node) {
    double[] low = GoldenVectors.numbers(node.get("lo"));
    double[] high = GoldenVectors.numbers(node.get("hi"));
    float[] values = new float[OrientedBox.LENGTH];
    for (int axis = 0; axis < 3; axis++) {
      values[2 * axis] = (float) low[axis];
      values[2 * axis + 1] = (float) high[axis];
    }
    return new WorldBox(OrientedBox.of(values, 0, 0), GoldenVectors.pose(node.get("T")));
  }
}
