package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.SourceSample;

class TestActorVisibleTargetSelector {
  private static final RolloutTargetSource SELECTOR =
      TargetSelectorConfig.defaults().newTargetSource();
  private static final int CONFIDENCE = 32;

  @Test
  void rowsAreRankedByWhatIsSeenAndWhatIsMissing() {
    // 64 of 128 points are missing at x = 0, 96 at x = 3, none at x = 6; 2 points are too few.
    SourceSample sample =
        SampleFixtures.detected(
            List.of(chair(0, 0), chair(1, 3), chair(2, 6), chair(3, 9)),
            Optional.of(SampleFixtures.table(List.of(chair(0, 0), chair(1, 3), chair(2, 6)))),
            points(64, 32, 128, 2));
    TargetSelection selection = SELECTOR.select(sample);
    assertThat(selection.selected())
        .extracting(target -> target.row().sourceIndex(), target -> target.actor().rank())
        .containsExactly(tuple(1, 0), tuple(0, 1), tuple(2, 2));
    assertThat(selection.selected().get(0).scores().score())
        .isCloseTo(0.9f * 0.35 * 0.75, within(1e-12));
    assertThat(selection.selected().get(2).scores().score()).isZero();
    assertThat(selection.rejected())
        .extracting(
            RejectedTarget::sourceIndex, RejectedTarget::status, row -> row.reasons().bitset())
        .containsExactly(tuple(3, "TARGET_SUPPORT_TOO_LOW", 512));
  }

  @Test
  void eligibleRowsBeyondKAreReportedAsSuch() {
    SourceSample sample =
        SampleFixtures.detected(
            List.of(chair(0, 0), chair(1, 3), chair(2, 6), chair(3, 9)),
            Optional.empty(),
            points(64, 32, 128, 5));
    assertThat(SELECTOR.select(sample).rejected())
        .extracting(
            RejectedTarget::sourceIndex, RejectedTarget::status, row -> row.reasons().bitset())
        .containsExactly(tuple(2, "k", 1));
  }

  @Test
  void aSampleWithoutTargetsSaysWhichKindOfNothingThereIs() {
    Optional<BoxTable> truth = Optional.of(SampleFixtures.table(List.of(chair(0, 0))));
    assertThat(SELECTOR.select(SampleFixtures.sample("key", truth)).skipReason())
        .as("ground truth is no substitute for detections")
        .contains("no_actor_visible_targets");
    assertThat(
            SELECTOR
                .select(SampleFixtures.detected(List.of(), truth, PointCloud.EMPTY))
                .skipReason())
        .contains("no_actor_visible_targets");
    TargetSelection blind =
        SELECTOR.select(SampleFixtures.detected(List.of(chair(0, 0)), truth, PointCloud.EMPTY));
    assertThat(blind.skipReason()).contains("no_ranked_targets");
    assertThat(blind.rejected()).hasSize(1);
  }

  @Test
  void groundTruthChangesLabelsAndNothingElse() {
    List<OrientedBox> detected = List.of(chair(0, 0), chair(1, 3));
    PointCloud points = points(64, 32);
    OrientedBox moved = BoxFixtures.box(5, BoxFixtures.at(0.1, 0.1, 0), 0.6, 0.6, 0.6);
    List<SelectedTarget> with =
        SELECTOR
            .select(
                SampleFixtures.detected(
                    detected, Optional.of(SampleFixtures.table(List.of(moved))), points))
            .selected();
    List<SelectedTarget> without =
        SELECTOR.select(SampleFixtures.detected(detected, Optional.empty(), points)).selected();
    assertThat(with).extracting(SelectedTarget::actor).isEqualTo(actors(without));
    assertThat(with).extracting(SelectedTarget::row).isEqualTo(rows(without));
    assertThat(with).extracting(SelectedTarget::scores).isEqualTo(scores(without));
    assertThat(with)
        .extracting(target -> target.match().status())
        .containsExactly("unmatched_gt", "matched");
    assertThat(without)
        .extracting(target -> target.match().status())
        .containsExactly("missing_gt", "missing_gt");
    assertThat(with.get(1).actor().centreWorld()).isEqualTo(new Point3(0, 0, 0));
    assertThat(with.get(1).oracle().orElseThrow().worldFromObject())
        .isEqualTo(moved.tableFromObject());
  }

  @Test
  void theSanityModeTakesTrueBoxesAsTheirOwnMatch() {
    TargetSelectorConfig sanity =
        selector(
            TargetSourceMode.V0_GT_SANITY,
            TargetChoiceConfig.defaults(),
            GroundTruthMatchConfig.defaults());
    SourceSample sample =
        SampleFixtures.detected(
            List.of(chair(0, 0)),
            Optional.of(SampleFixtures.table(List.of(chair(4, 3)))),
            points(64, 32));
    SelectedTarget target = sanity.newTargetSource().select(sample).selected().get(0);
    assertThat(target.row().source()).isEqualTo("gt_obbs_oracle");
    assertThat(target.row().targetId())
        .isEqualTo("scene-1:snippet-2:gt_obbs_oracle:sem=7:inst=104:idx=4");
    assertThat(target.match())
        .isEqualTo(
            new TargetMatch(
                "v0_gt_input",
                OptionalLong.of(4),
                Optional.of("scene-1:snippet-2:gt_obbs:sem=7:inst=104:idx=4"),
                1,
                1));
    assertThat(target.match().isLabelValid()).isTrue();
    assertThat(target.oracle().orElseThrow().sourceRowId()).isEqualTo(4);
    assertThat(
            selector(
                    TargetSourceMode.V0_GT_SANITY,
                    TargetChoiceConfig.defaults(),
                    new GroundTruthMatchConfig(false, 0.1, 0.05, 8, 0.02))
                .newTargetSource()
                .select(sample)
                .selected()
                .get(0)
                .match()
                .status())
        .isEqualTo("not_requested");
  }

  @Test
  void drawsFollowFromSampleKeyAndSeedAlone() {
    List<OrientedBox> boxes = new ArrayList<>();
    int[] counts = new int[8];
    for (int i = 0; i < counts.length; i++) {
      boxes.add(chair(i, 3 * i));
      counts[i] = 20 + 5 * i;
    }
    RolloutTargetSource first = softmax(0);
    Set<List<Integer>> orders = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      SourceSample sample = keyed("key-" + i, boxes, points(counts));
      List<Integer> order = order(first, sample);
      assertThat(order(softmax(0), sample)).isEqualTo(order);
      orders.add(order);
    }
    assertThat(orders).hasSizeGreaterThan(30);
    SourceSample sample = keyed("key", boxes, points(counts));
    assertThat(order(softmax(1), sample)).isNotEqualTo(order(first, sample));
  }

  @Test
  void lineageHoldsEveryFactOfTheTarget() {
    OrientedBox box = BoxFixtures.with(chair(3, 2), 6, 100, 140, 60, 100);
    OrientedBox truth = BoxFixtures.box(9, BoxFixtures.at(2, 0, 0), 0.5, 0.5, 0.5);
    SourceSample sample =
        SampleFixtures.detected(
            List.of(box),
            Optional.of(SampleFixtures.table(List.of(truth))),
            BoxFixtures.points(32, BoxFixtures.at(2, 0, 0)));
    RolloutLineageBuilder builder = new RolloutLineageBuilder();
    softmax(0).select(sample).selected().get(0).describeTo(builder);
    RolloutLineage lineage = builder.build();
    assertThat(lineage.targetRowId()).isEqualTo(3);
    assertThat(lineage.targetId())
        .isEqualTo("scene-1:snippet-2:detected_obbs:sem=7:inst=103:idx=3");
    assertThat(lineage.targetSelectionPolicy()).isEqualTo("temperature_softmax_top_k");
    assertThat(lineage.targetSelectionRank()).isZero();
    assertThat(lineage.targetSelectionScore()).isCloseTo(0.9f * 0.5829903978 * 0.75, within(1e-9));
    assertThat(lineage.targetSelectionProbability()).isEqualTo(1);
    assertThat(lineage.targetSelectionTemperature()).isEqualTo(0.05);
    assertThat(lineage.targetSource()).isEqualTo("detected_obbs");
    assertThat(lineage.targetClassName()).isEqualTo("Chair");
    assertThat(lineage.targetConfidence()).isCloseTo(0.9, within(1e-7));
    assertThat(lineage.targetProjectedAreaPixels()).isEqualTo(1600);
    assertThat(lineage.targetSemidenseSupportCount()).isEqualTo(32);
    assertThat(lineage.targetEffectiveSupportCount()).isEqualTo(32);
    assertThat(lineage.targetVisibilityScore()).isCloseTo(0.5829903978, within(1e-9));
    assertThat(lineage.targetSupportScore()).isEqualTo(1);
    assertThat(lineage.targetDeficitScore()).isEqualTo(0.75);
    assertThat(lineage.targetCenterWorld()).isEqualTo(new Point3(2, 0, 0));
    assertThat(lineage.targetRelativePoseReferenceObject()).isEqualTo(BoxFixtures.at(1, -2, -3));
    assertThat(lineage.targetInvalidReasonBitset()).isEqualTo(1);
    assertThat(lineage.matchedGtTargetRowId()).isEqualTo(9);
    assertThat(lineage.matchedGtTargetId())
        .isEqualTo("scene-1:snippet-2:gt_obbs:sem=7:inst=109:idx=9");
    assertThat(lineage.gtMatchIou()).isEqualTo(1);
    assertThat(lineage.gtMatchStatus()).isEqualTo("matched");
  }

  @Test
  void aGreedyChoiceHasNoTemperature() {
    SourceSample sample =
        SampleFixtures.detected(List.of(chair(0, 0)), Optional.empty(), points(64));
    TargetScores scores = SELECTOR.select(sample).selected().get(0).scores();
    assertThat(scores.policy()).isEqualTo("greedy_top_k");
    assertThat(scores.temperature()).isEmpty();
    assertThat(scores.draw()).isEqualTo(new TargetDraw(1, 0, OptionalDouble.empty()));
  }

  @Test
  void detectionsInTheSnippetFrameMoveToTheWorld() {
    BoxTable snippet =
        new BoxTable(List.of(chair(0, 1)), BoxTable.Frame.SNIPPET, Map.of(7, "Chair"));
    SourceSample sample =
        SampleFixtures.sample(
            "key",
            Optional.of(snippet),
            Optional.empty(),
            Optional.of(BoxFixtures.at(0, 0, 5)),
            BoxFixtures.points(10, BoxFixtures.at(1, 0, 5)),
            Optional.empty());
    assertThat(SELECTOR.select(sample).selected().get(0).actor().centreWorld())
        .isEqualTo(new Point3(1, 0, 5));
  }

  @Test
  void confidenceBelowTheGateIsNoTarget() {
    OrientedBox shaky = BoxFixtures.with(chair(0, 0), CONFIDENCE, 0.19f);
    assertThat(
            SELECTOR
                .select(SampleFixtures.detected(List.of(shaky), Optional.empty(), points(64)))
                .rejected())
        .extracting(RejectedTarget::status)
        .containsExactly("CONFIDENCE_TOO_LOW");
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThatThrownBy(() -> new TargetEligibilityConfig(0.2, 16, false, 0.05, 0.35, 128, 128))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid support_saturation_points: 128 (expected more than min_support_points = 128,"
                + " otherwise every target scores 0)");
    TargetEligibilityConfig demanding =
        new TargetEligibilityConfig(0.2, 57_601, true, 0.05, 0.35, 3, 128);
    assertThatThrownBy(
            () ->
                new TargetSelectorConfig(
                    TargetSourceMode.V1_ACTOR_VISIBLE,
                    TargetChoiceConfig.defaults(),
                    demanding,
                    TargetEvidenceConfig.defaults(),
                    GroundTruthMatchConfig.defaults()))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid min_projected_area_pixels: 57601.0 (expected at most the 57600.0 square pixels"
                + " of image_width × image_height)");
    assertThatThrownBy(() -> TargetSelectorConfig.defaults().checkProtocol("v0_gt_input"))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid target_protocol_version: v0_gt_input (expected v1_observed in [store] while"
                + " target_selector.source_mode is v1_actor_visible)");
  }

  private static OrientedBox chair(int sourceIndex, double x) {
    return BoxFixtures.box(sourceIndex, BoxFixtures.at(x, 0, 0), 0.5, 0.5, 0.5);
  }

  /** Points at x = 0, 3, 6, …, as many as said. */
  private static PointCloud points(int... counts) {
    PointCloud[] clouds = new PointCloud[counts.length];
    for (int i = 0; i < counts.length; i++) {
      clouds[i] = BoxFixtures.points(counts[i], BoxFixtures.at(3 * i, 0, 0));
    }
    return BoxFixtures.together(clouds);
  }

  private static SourceSample keyed(String key, List<OrientedBox> detected, PointCloud points) {
    return SampleFixtures.sample(
        key,
        Optional.of(SampleFixtures.table(detected)),
        Optional.empty(),
        Optional.empty(),
        points,
        Optional.empty());
  }

  private static RolloutTargetSource softmax(long seed) {
    return selector(
            TargetSourceMode.V1_ACTOR_VISIBLE,
            new TargetChoiceConfig(3, TargetChoicePolicy.TEMPERATURE_SOFTMAX_TOP_K, seed, 0.05),
            GroundTruthMatchConfig.defaults())
        .newTargetSource();
  }

  private static TargetSelectorConfig selector(
      TargetSourceMode mode, TargetChoiceConfig choice, GroundTruthMatchConfig match) {
    return new TargetSelectorConfig(
        mode, choice, TargetEligibilityConfig.defaults(), TargetEvidenceConfig.defaults(), match);
  }

  private static List<Integer> order(RolloutTargetSource source, SourceSample sample) {
    return source.select(sample).selected().stream()
        .map(target -> target.row().sourceIndex())
        .toList();
  }

  private static List<ActorTarget> actors(List<SelectedTarget> targets) {
    return targets.stream().map(SelectedTarget::actor).toList();
  }

  private static List<TargetRow> rows(List<SelectedTarget> targets) {
    return targets.stream().map(SelectedTarget::row).toList();
  }

  private static List<TargetScores> scores(List<SelectedTarget> targets) {
    return targets.stream().map(SelectedTarget::scores).toList();
  }
}
