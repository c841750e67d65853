package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Pose12;

class TestGroundTruthMatcher {
  private static final OrientedBox CUBE = BoxFixtures.box(0, Pose12.IDENTITY, 0.5, 0.5, 0.5);
  private static final int CLASS = 30;

  /** With 64 samples per axis a side of length {@code c} is met to 1/128. */
  private static final double SAMPLING = 1.0 / 128;

  @Test
  void aMatchedRowGetsTheBoxAndItsName() {
    GroundTruthMatcher.Outcome outcome =
        match(CUBE, List.of(BoxFixtures.box(4, Pose12.IDENTITY, 0.5, 0.5, 0.5)));
    assertThat(outcome.match().status()).isEqualTo("matched");
    assertThat(outcome.match().isLabelValid()).isTrue();
    assertThat(outcome.match().sourceRowId()).hasValue(4);
    assertThat(outcome.match().targetId())
        .contains("scene-1:snippet-2:gt_obbs:sem=7:inst=104:idx=4");
    assertThat(outcome.truth().orElseThrow().sourceRowId()).isEqualTo(4);
    assertThat(outcome.reasons().bitset()).isEqualTo(1);
  }

  @Test
  void onlyTheSameClassCounts() {
    OrientedBox other = BoxFixtures.with(CUBE, CLASS, 8);
    GroundTruthMatcher.Outcome outcome = match(CUBE, List.of(other));
    assertThat(outcome.match().status()).isEqualTo("unmatched_gt");
    assertThat(outcome.match().isLabelValid()).isFalse();
    assertThat(outcome.match().iou()).isNaN();
    assertThat(outcome.truth()).isEmpty();
    assertThat(outcome.reasons().bitset()).isEqualTo(1 << 10);
    assertThat(outcome.reasons().primary()).isEqualTo(10);
    assertThat(
            match(CUBE, List.of(other, BoxFixtures.box(1, Pose12.IDENTITY, 0.4, 0.5, 0.5)))
                .match()
                .sourceRowId())
        .hasValue(1);
  }

  @Test
  void anAmbiguousMatchKeepsTheBestOverlapAndNoRow() {
    GroundTruthMatcher.Outcome outcome = match(CUBE, List.of(CUBE, CUBE));
    assertThat(outcome.match().status()).isEqualTo("ambiguous_gt");
    assertThat(outcome.match().iou()).isEqualTo(1);
    assertThat(outcome.match().sourceRowId()).isEmpty();
    assertThat(outcome.truth()).isEmpty();
    assertThat(outcome.reasons().bitset()).isEqualTo(1 << 11);
    assertThat(outcome.reasons().primary()).isEqualTo(11);
  }

  @Test
  void theMarginItselfIsAmbiguousAndALoneWeakMatchIsNot() {
    List<OrientedBox> truth = List.of(CUBE, BoxFixtures.box(1, Pose12.IDENTITY, 0.25, 0.5, 0.5));
    GroundTruthMatchConfig even = new GroundTruthMatchConfig(true, 0, 0, 8, 0.5);
    assertThat(matcher(even, CUBE, truth).get(0).match().status()).isEqualTo("ambiguous_gt");
    assertThat(matcher(even, CUBE, truth.subList(1, 2)).get(0).match().status())
        .isEqualTo("matched");
  }

  @Test
  void rowsThatShareATrueBoxAllLoseTheirLabel() {
    WorldBox first = new WorldBox(CUBE, Pose12.IDENTITY);
    WorldBox alone = new WorldBox(CUBE, BoxFixtures.at(10, 0, 0));
    WorldBox second = new WorldBox(CUBE, BoxFixtures.at(0.1, 0, 0));
    OrientedBox there = BoxFixtures.box(9, BoxFixtures.at(10, 0, 0), 0.5, 0.5, 0.5);
    List<GroundTruthMatcher.Outcome> outcomes =
        matcher(GroundTruthMatchConfig.defaults())
            .match(List.of(first, alone, second), truth(List.of(CUBE, there)));
    assertThat(outcomes)
        .extracting(
            outcome -> outcome.match().status(),
            outcome -> outcome.match().isLabelValid(),
            outcome -> outcome.match().sourceRowId().orElseThrow(),
            outcome -> outcome.reasons().bitset())
        .containsExactly(
            tuple("ambiguous_pred_to_gt", false, 0L, 1 << 11),
            tuple("matched", true, 9L, 1),
            tuple("ambiguous_pred_to_gt", false, 0L, 1 << 11));
  }

  @Test
  void withoutTruthOrWithoutTheWishThereIsNoMatchAndNoReason() {
    WorldBox box = new WorldBox(CUBE, Pose12.IDENTITY);
    GroundTruthMatchConfig off = new GroundTruthMatchConfig(false, 0.1, 0.05, 8, 0.02);
    GroundTruthMatcher.Outcome notRequested = matcher(off, CUBE, List.of(CUBE)).get(0);
    GroundTruthMatcher.Outcome missing =
        matcher(GroundTruthMatchConfig.defaults()).match(List.of(box), Optional.empty()).get(0);
    assertThat(List.of(notRequested, missing))
        .extracting(
            outcome -> outcome.match().status(),
            outcome -> outcome.match().isLabelValid(),
            outcome -> outcome.reasons().bitset(),
            outcome -> outcome.truth().isPresent())
        .containsExactly(
            tuple("not_requested", false, 1, false), tuple("missing_gt", false, 1, false));
    assertThat(match(CUBE, List.of()).match().status()).isEqualTo("unmatched_gt");
  }

  @Test
  void aTrueBoxTooThinToMeasureIsMatchedByItsCentre() {
    OrientedBox picture = BoxFixtures.box(2, Pose12.IDENTITY, 0.5, 0.5, 0);
    GroundTruthMatcher.Outcome outcome = match(CUBE, List.of(picture));
    assertThat(outcome.match().status()).isEqualTo("matched");
    assertThat(outcome.match().iou()).isEqualTo(1);
    assertThat(outcome.truth().orElseThrow().boundsObject().maxZ()).isZero();
  }

  @Test
  void brokenTrueBoxesMatchNothing() {
    List<OrientedBox> broken =
        List.of(
            BoxFixtures.with(CUBE, 18, Float.NaN),
            BoxFixtures.with(CUBE, 0, 0.5f, -0.5f),
            BoxFixtures.with(CUBE, 1, Float.POSITIVE_INFINITY));
    assertThat(match(CUBE, broken).match().status()).isEqualTo("unmatched_gt");
  }

  /** A box within {@link #CUBE} that covers a part of it, and so overlaps it by that part. */
  static OrientedBox overlapping(int sourceIndex, double part) {
    return BoxFixtures.box(sourceIndex, BoxFixtures.at(-0.5 + part / 2, 0, 0), part / 2, 0.5, 0.5);
  }

  /** The match of {@link #CUBE}, with overlaps measured on 64 samples per axis. */
  static TargetMatch finely(List<OrientedBox> truth) {
    GroundTruthMatchConfig config =
        new GroundTruthMatchConfig(true, 0.1 - SAMPLING / 2, 0.05, 64, 0.02);
    return matcher(config, CUBE, truth).get(0).match();
  }

  private static GroundTruthMatcher.Outcome match(OrientedBox box, List<OrientedBox> truth) {
    return matcher(GroundTruthMatchConfig.defaults(), box, truth).get(0);
  }

  private static List<GroundTruthMatcher.Outcome> matcher(
      GroundTruthMatchConfig config, OrientedBox box, List<OrientedBox> truth) {
    return matcher(config).match(List.of(new WorldBox(box, Pose12.IDENTITY)), truth(truth));
  }

  private static GroundTruthMatcher matcher(GroundTruthMatchConfig config) {
    return new GroundTruthMatcher(TargetSourceMode.V1_ACTOR_VISIBLE, config);
  }

  private static Optional<WorldBoxTable> truth(List<OrientedBox> boxes) {
    return WorldBoxTable.groundTruth(
        WorldBoxTable.MATCHED_GROUND_TRUTH, SampleFixtures.sample("key", boxes));
  }
}
