package org.nbvrollouts.pipeline.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.RolloutLineage;
import org.nbvrollouts.store.rollout.RolloutLineageBuilder;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.BoxTable;
import org.nbvrollouts.store.source.OrientedBox;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.PointCloud;
import org.nbvrollouts.store.source.Pose12;

class TestOracleTargetTaskSampler {
  private final RolloutTargetSource source =
      new OracleTargetTaskSampler(OracleTargetSamplerConfig.defaults());

  @Test
  void samplesWithoutBoxesAreSkippedWithAReason() {
    assertThat(source.select(SampleFixtures.sample("key", Optional.empty())))
        .isEqualTo(
            new TargetSelection(List.of(), List.of(), Optional.of("no_oracle_target_tasks")));
    assertThat(source.select(SampleFixtures.sample("key", List.of())).skipReason())
        .contains("no_oracle_target_tasks");
  }

  @Test
  void everyRejectedRowKeepsItsReason() {
    OrientedBox flat = BoxFixtures.box(2, BoxFixtures.at(5, 0, 0), 1, 1, 0);
    OrientedBox broken =
        BoxFixtures.with(BoxFixtures.box(3, BoxFixtures.at(9, 0, 0), 1, 1, 1), 32, Float.NaN);
    OrientedBox plate = BoxFixtures.box(4, BoxFixtures.at(-5, 0, 0), 1, 1, 2e-5);
    OrientedBox outer = BoxFixtures.box(6, BoxFixtures.at(0, 6, 0), 1, 1, 1);
    OrientedBox inner = BoxFixtures.box(8, BoxFixtures.at(0, 6, 0), 0.99, 0.99, 0.99);
    TargetSelection selection =
        source.select(SampleFixtures.sample("key", List.of(flat, broken, plate, outer, inner)));
    assertThat(selection.selected()).isEmpty();
    assertThat(selection.skipReason()).contains("no_identity_valid_oracle_target_tasks");
    assertThat(selection.rejected())
        .extracting(
            RejectedTarget::sourceIndex,
            RejectedTarget::status,
            row -> row.reasons().bitset(),
            row -> row.reasons().primary())
        .containsExactly(
            tuple(2, "invalid_geometry", 32, 5),
            tuple(3, "invalid_geometry", 32, 5),
            tuple(4, "unmatched_identity", 1024, 10),
            tuple(6, "ambiguous_identity", 2048, 11),
            tuple(8, "ambiguous_identity", 2048, 11));
    assertThat(selection.rejected().get(0).targetId())
        .isEqualTo("scene-1:snippet-2:gt_obbs_oracle:sem=7:inst=102:idx=2");
    assertThat(selection.rejected().get(3).identityIou()).isEqualTo(1);
    assertThat(selection.rejected().get(3).identityGap()).isLessThan(0.05);
  }

  @Test
  void clearlyNestedBoxesAreToldApart() {
    OrientedBox outer = BoxFixtures.box(0, BoxFixtures.at(0, 0, 0), 1, 1, 1);
    OrientedBox inner = BoxFixtures.box(1, BoxFixtures.at(0, 0, 0), 0.5, 0.5, 0.5);
    assertThat(source.select(SampleFixtures.sample("key", List.of(outer, inner))).selected())
        .hasSize(2);
  }

  @Test
  void aUniformDrawOfTheCapIsTakenAndTheRestIsReported() {
    TargetSelection selection = source.select(SampleFixtures.sample("key", row(10)));
    assertThat(selection.selected()).hasSize(3);
    assertThat(selection.rejected()).hasSize(7);
    assertThat(selection.rejected())
        .allMatch(rejected -> rejected.status().equals("max_targets_per_sample"))
        .allMatch(rejected -> rejected.reasons().bitset() == 1);
    Set<Integer> all = new TreeSet<>();
    selection.rejected().forEach(rejected -> all.add(rejected.sourceIndex()));
    for (int rank = 0; rank < 3; rank++) {
      SelectedTarget target = selection.selected().get(rank);
      all.add(target.row().sourceIndex());
      assertThat(target.actor().rank()).isEqualTo(rank);
      assertThat(target.scores().draw().probability()).isEqualTo(0.3);
    }
    assertThat(all).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void withoutACapEveryMatchedRowIsTaken() {
    RolloutTargetSource all = new OracleTargetTaskSampler(config(OptionalInt.empty(), 0, 0.25));
    TargetSelection selection = all.select(SampleFixtures.sample("key", row(10)));
    assertThat(selection.selected()).hasSize(10);
    assertThat(selection.selected())
        .extracting(target -> target.scores().draw())
        .containsOnly(new TargetDraw(1, 0, OptionalDouble.empty()));
    assertThat(selection.rejected()).isEmpty();
  }

  @Test
  void uniformDrawsAskForGeometryAndNotForIdentity() {
    OrientedBox outer = BoxFixtures.box(6, BoxFixtures.at(0, 6, 0), 1, 1, 1);
    OrientedBox inner = BoxFixtures.box(8, BoxFixtures.at(0, 6, 0), 0.99, 0.99, 0.99);
    OrientedBox flat = BoxFixtures.box(9, BoxFixtures.at(5, 0, 0), 1, 1, 0);
    OracleTargetSamplerConfig uniform =
        new OracleTargetSamplerConfig(
            OracleSamplingPolicy.UNIFORM_WITHOUT_REPLACEMENT,
            OptionalInt.empty(),
            0,
            0.25,
            0.05,
            8,
            TargetEvidenceConfig.defaults());
    TargetSelection selection =
        new OracleTargetTaskSampler(uniform)
            .select(SampleFixtures.sample("key", List.of(outer, inner, flat)));
    assertThat(selection.selected())
        .extracting(target -> target.row().sourceIndex())
        .containsExactlyInAnyOrder(6, 8);
    assertThat(selection.selected())
        .allMatch(target -> target.scores().policy().equals("uniform_without_replacement"))
        .allMatch(target -> target.match().isLabelValid() && target.match().iou() == 1);
    assertThat(selection.rejected())
        .extracting(RejectedTarget::sourceIndex, RejectedTarget::status)
        .containsExactly(tuple(9, "invalid_geometry"));
  }

  @Test
  void theDrawFollowsFromSampleKeyAndSeedAlone() {
    List<Integer> order = order(source, "key");
    assertThat(order(source, "key")).isEqualTo(order);
    Set<List<Integer>> orders = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      orders.add(order(source, "key-" + i));
    }
    assertThat(orders).hasSizeGreaterThan(40);
    OracleTargetSamplerConfig other = config(OptionalInt.of(3), 1, 0.25);
    assertThat(order(new OracleTargetTaskSampler(other), "key")).isNotEqualTo(order);
  }

  @Test
  void everyRowIsDrawnAboutEquallyOften() {
    int[] drawn = new int[6];
    List<OrientedBox> boxes = row(6);
    int samples = 2000;
    for (int i = 0; i < samples; i++) {
      for (SelectedTarget target :
          source.select(SampleFixtures.sample("sample-" + i, boxes)).selected()) {
        drawn[target.row().sourceIndex()]++;
      }
    }
    for (int count : drawn) {
      // Half of all samples; six standard deviations of a binomial draw are 134.
      assertThat(count).isBetween(samples / 2 - 134, samples / 2 + 134);
    }
  }

  @Test
  void actorAndOracleGetWhatIsTheirs() {
    Pose12 pose = new Pose12(0, -1, 0, 1, 0, 0, 0, 0, 1, 2, 3, 1);
    float[] bounds = {0, 2, -1, 1, -0.5f, 0.5f};
    OrientedBox box = BoxFixtures.with(BoxFixtures.box(4, pose, 1, 1, 1), 0, bounds);
    SelectedTarget target =
        source.select(SampleFixtures.sample("key", List.of(box))).selected().get(0);
    assertThat(target.actor().targetId())
        .isEqualTo("scene-1:snippet-2:gt_obbs_oracle:sem=7:inst=104:idx=4");
    assertThat(target.actor().centreWorld()).isEqualTo(new Point3(2, 4, 1));
    OracleTarget oracle = target.oracle().orElseThrow();
    assertThat(oracle.worldFromObject()).isEqualTo(pose);
    assertThat(oracle.boundsObject()).isEqualTo(new AxisAlignedBox(0, 2, -1, 1, -0.5, 0.5));
    assertThat(oracle.sourceRowId()).isEqualTo(4);
    assertThat(oracle.targetId()).isEqualTo("scene-1:snippet-2:gt_obbs:sem=7:inst=104:idx=4");
    assertThat(target.match().isLabelValid()).isTrue();
  }

  @Test
  void snippetBoxesMoveToTheWorldByTheSnippetPoseOrTheFirstRigPose() {
    BoxTable table =
        new BoxTable(
            List.of(BoxFixtures.box(0, BoxFixtures.at(1, 2, 0), 0.5, 0.5, 0.5)),
            BoxTable.Frame.SNIPPET,
            Map.of());
    assertThat(centre(table, Optional.of(BoxFixtures.at(0, 0, 5)))).isEqualTo(new Point3(1, 2, 5));
    assertThat(centre(table, Optional.empty())).isEqualTo(new Point3(8, 1, 1));
  }

  @Test
  void lineageHoldsEveryFactOfTheTarget() {
    OrientedBox box =
        BoxFixtures.with(
            BoxFixtures.box(4, BoxFixtures.at(2, 3, 1), 1, 0.5, 0.25), 6, 10, 30, 10, 20);
    RolloutLineageBuilder builder = new RolloutLineageBuilder();
    source.select(SampleFixtures.sample("key", List.of(box))).selected().get(0).describeTo(builder);
    RolloutLineage lineage = builder.build();
    assertThat(lineage.targetRowId()).isEqualTo(4);
    assertThat(lineage.targetId())
        .isEqualTo("scene-1:snippet-2:gt_obbs_oracle:sem=7:inst=104:idx=4");
    assertThat(lineage.targetSelectionPolicy()).isEqualTo("oracle_identity_valid_uniform");
    assertThat(lineage.targetSelectionRank()).isZero();
    assertThat(lineage.targetSelectionScore()).isEqualTo(1);
    assertThat(lineage.targetSelectionProbability()).isEqualTo(1);
    assertThat(lineage.targetSelectionTemperature()).isNull();
    assertThat(lineage.targetSource()).isEqualTo("gt_obbs_oracle");
    assertThat(lineage.targetSourceIndex()).isEqualTo(4);
    assertThat(lineage.targetSemId()).isEqualTo(7);
    assertThat(lineage.targetInstId()).isEqualTo(104);
    assertThat(lineage.targetClassName()).isEqualTo("Chair");
    assertThat(lineage.targetConfidence()).isCloseTo(0.9, within(1e-7));
    assertThat(lineage.targetProjectedAreaPixels()).isEqualTo(200);
    assertThat(lineage.targetProjectedAreaFraction()).isEqualTo(200 / 57_600.0);
    assertThat(lineage.targetSemidenseSupportCount()).isZero();
    assertThat(lineage.targetEvlSupportCount()).isZero();
    assertThat(lineage.targetEffectiveSupportCount()).isZero();
    assertThat(lineage.targetVisibilityScore()).isEqualTo(1);
    assertThat(lineage.targetSupportScore()).isEqualTo(1);
    assertThat(lineage.targetDeficitScore()).isZero();
    assertThat(lineage.targetCenterWorld()).isEqualTo(new Point3(2, 3, 1));
    assertThat(lineage.targetExtents()).isEqualTo(new Point3(2, 1, 0.5));
    assertThat(lineage.targetPoseWorldObject()).isEqualTo(BoxFixtures.at(2, 3, 1));
    assertThat(lineage.targetRelativePoseReferenceObject()).isEqualTo(BoxFixtures.at(1, 1, -2));
    assertThat(lineage.targetInvalidReasonBitset()).isEqualTo(1);
    assertThat(lineage.targetPrimaryInvalidReason()).isZero();
    assertThat(lineage.targetReasonCodeVersion()).isEqualTo("target-selection-invalidity-v1");
    assertThat(lineage.matchedGtTargetRowId()).isEqualTo(4);
    assertThat(lineage.matchedGtTargetId())
        .isEqualTo("scene-1:snippet-2:gt_obbs:sem=7:inst=104:idx=4");
    assertThat(lineage.gtMatchIou()).isEqualTo(1);
    assertThat(lineage.gtMatchScore()).isEqualTo(1);
    assertThat(lineage.gtMatchStatus()).isEqualTo("matched");
  }

  @Test
  void targetsWithoutAFiniteCentreAreRefused() {
    TargetEvidence evidence = new TargetEvidence(0, 0, 0, 0, 0);
    assertThatThrownBy(() -> new ActorTarget("box", 0, new Point3(0, Double.NaN, 0), evidence))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Invalid target centre: Point3[x=0.0, y=NaN, z=0.0] (expected finite metres,"
                + " target=box)");
  }

  @Test
  void configurationOutOfRangeIsRefused() {
    assertThatThrownBy(() -> config(OptionalInt.of(0), 0, 0.25))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid max_targets_per_sample: 0 (expected at least 1)");
    assertThatThrownBy(() -> config(OptionalInt.of(3), 0, Double.NaN))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage("Invalid min_identity_iou: NaN (expected between 0.0 and 1.0)");
  }

  private static OracleTargetSamplerConfig config(
      OptionalInt maxTargetsPerSample, long seed, double minIdentityIou) {
    return new OracleTargetSamplerConfig(
        OracleSamplingPolicy.ORACLE_IDENTITY_VALID_UNIFORM,
        maxTargetsPerSample,
        seed,
        minIdentityIou,
        0.05,
        8,
        TargetEvidenceConfig.defaults());
  }

  private Point3 centre(BoxTable table, Optional<Pose12> worldFromSnippet) {
    return source
        .select(
            SampleFixtures.sample(
                "key", Optional.of(table), worldFromSnippet, PointCloud.EMPTY, Optional.empty()))
        .selected()
        .get(0)
        .actor()
        .centreWorld();
  }

  private static List<Integer> order(RolloutTargetSource source, String key) {
    return source.select(SampleFixtures.sample(key, row(10))).selected().stream()
        .map(target -> target.row().sourceIndex())
        .toList();
  }

  private static List<OrientedBox> row(int count) {
    List<OrientedBox> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(BoxFixtures.box(i, BoxFixtures.at(3 * i, 0, 0), 0.5, 0.5, 0.5));
    }
    return Collections.unmodifiableList(boxes);
  }
}
