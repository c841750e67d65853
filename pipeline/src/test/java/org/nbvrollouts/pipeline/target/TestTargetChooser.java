package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.schema.TargetInvalidReason;
import org.nbvrollouts.store.source.Pose12;

class TestTargetChooser {
  private static final int RANDOM_CASES = 200;

  @Test
  void equalScoresComeInTableOrder() {
    List<JudgedTarget> rows = List.of(row(5, 0.2), row(3, 0.2), row(9, 0.7), row(1, 0));
    assertThat(choose(3, TargetChoicePolicy.GREEDY_TOP_K, 1, rows, new double[0]))
        .extracting(choice -> choice.target().sourceIndex())
        .containsExactly(9, 3, 5);
  }

  @Test
  void rowsWithScoreZeroAreDrawnToo() {
    List<JudgedTarget> rows = List.of(row(0, 0), row(1, 0));
    List<TargetChooser.Choice> choices =
        choose(5, TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K, 1, rows, new double[] {0.7, 0.999});
    assertThat(choices).extracting(choice -> choice.target().sourceIndex()).containsExactly(1, 0);
    assertThat(choices.get(0).draw().probability()).isEqualTo(0.5);
    assertThat(choices.get(0).draw().entropy().orElseThrow())
        .isCloseTo(StrictMath.log(2), within(1e-15));
    assertThat(choices.get(1).draw()).isEqualTo(new TargetDraw(1, 0, OptionalDouble.of(0)));
  }

  @Test
  void logarithmsAreTakenOfAtLeastOneInAMillionMillion() {
    List<JudgedTarget> rows = List.of(row(0, 1), row(1, 0));
    TargetDraw unlikely =
        choose(1, TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K, 1e-3, rows, new double[] {0.5})
            .get(0)
            .draw();
    assertThat(unlikely.probability()).isEqualTo(1);
    assertThat(unlikely.entropy().orElseThrow()).isZero();
    assertThat(TargetDraw.of(new double[] {1, 1e-300}, 1).logProbability())
        .isEqualTo(StrictMath.log(1e-12));
  }

  @Test
  void drawsFollowASecondImplementation() {
    for (long seed = 0; seed < RANDOM_CASES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int rows = 1 + random.nextInt(12);
      List<JudgedTarget> eligible = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        // Rounded to tenths every other time, so that ties occur.
        double score = random.nextDouble();
        eligible.add(row(i, random.nextBoolean() ? score : Math.floor(10 * score) / 10));
      }
      int k = 1 + random.nextInt(5);
      double temperature = StrictMath.exp(4 * random.nextDouble() - 3);
      double[] uniforms = random.doubles(k).toArray();
      List<TargetChooser.Choice> choices =
          choose(k, TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K, temperature, eligible, uniforms);
      assertThat(choices).as("seed " + seed).hasSize(Math.min(k, rows));
      assertFollows(choices, eligible, temperature, uniforms, "seed " + seed);
    }
  }

  /** Textbook form: a mask over all rows, exponentials of the scores themselves. */
  private static void assertFollows(
      List<TargetChooser.Choice> choices,
      List<JudgedTarget> eligible,
      double temperature,
      double[] uniforms,
      String place) {
    JudgedTarget[] ranked = eligible.toArray(JudgedTarget[]::new);
    // A stable sort of rows in table order leaves ties in table order.
    Arrays.sort(ranked, (a, b) -> Double.compare(b.score(), a.score()));
    boolean[] taken = new boolean[ranked.length];
    for (int draw = 0; draw < choices.size(); draw++) {
      double norm = 0;
      for (int i = 0; i < ranked.length; i++) {
        norm += taken[i] ? 0 : Math.exp(ranked[i].score() / temperature);
      }
      double entropy = 0;
      double cumulative = 0;
      int chosen = -1;
      double probability = 0;
      for (int i = 0; i < ranked.length; i++) {
        double p = taken[i] ? 0 : Math.exp(ranked[i].score() / temperature) / norm;
        entropy -= p * Math.log(Math.max(p, 1e-12));
        cumulative += p;
        if (chosen < 0 && uniforms[draw] < cumulative) {
          chosen = i;
          probability = p;
        }
      }
      taken[chosen] = true;
      TargetDraw actual = choices.get(draw).draw();
      assertThat(choices.get(draw).target()).as(place).isSameAs(ranked[chosen]);
      assertThat(actual.probability()).as(place).isCloseTo(probability, within(1e-12));
      assertThat(actual.logProbability())
          .as(place)
          .isCloseTo(Math.log(Math.max(probability, 1e-12)), within(1e-9));
      assertThat(actual.entropy().orElseThrow()).as(place).isCloseTo(entropy, within(1e-12));
    }
  }

  static List<TargetChooser.Choice> choose(
      int k,
      TargetChoicePolicy policy,
      double temperature,
      List<JudgedTarget> eligible,
      double[] uniforms) {
    Iterator<Double> next = DoubleStream.of(uniforms).iterator();
    return new TargetChooser(new TargetChoiceConfig(k, policy, 0, temperature))
        .choose(eligible, next::next);
  }

  static JudgedTarget row(int sourceIndex, double score) {
    return new JudgedTarget(
        new WorldBox(BoxFixtures.box(sourceIndex, Pose12.IDENTITY, 1, 1, 1), Pose12.IDENTITY),
        "row-" + sourceIndex,
        new TargetEvidence(0, 0, 0, 0, 0),
        1,
        1,
        1,
        score,
        TargetReasons.of(TargetInvalidReason.VALID));
  }
}
