package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.DoubleColumn;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;

/**
 * What is easy to get wrong about candidates (specification generation 0 and 4), and what we do.
 */
class TestCandidateTraps {
  private static final AxisAlignedBox EXTENT = new AxisAlignedBox(-2, 2, -1.6, 2, -0.5, 1.2);
  private static final Point3 TARGET = new Point3(0, 0, 0.1);
  private static final PositionFamily SHELL = PositionFamily.UPPER_BOUND_FREE_SHELL;
  private static final ViewStrategy FORWARD = ViewStrategy.FORWARD_RIG;
  private static final double H = Math.sqrt(0.5);
  private static final Pose12 LEVEL = new Pose12(H, 0, -H, -H, 0, -H, 0, 1, 0, 1.2, 0.4, 0.3);

  /** As {@link #LEVEL}, looking 30° down. */
  private static final Pose12 TILTED =
      new ViewJitter(0, -Math.PI / 6, 0)
          .applyTo(Rotation3.of(LEVEL))
          .at(new Vector3(1.2, 0.4, 0.3));

  @Test
  void trap1PosesAreNineRotationNumbersByRowsAndThenTheTranslation() {
    double[] numbers = {0, 1, 0, 0, 0, 1, 1, 0, 0, 7, 8, 9};
    Pose12 pose = Pose12.of(numbers, 0);
    assertThat(new double[] {pose.tx(), pose.ty(), pose.tz()}).containsExactly(7, 8, 9);
    assertThat(Rotation3.of(pose).x()).isEqualTo(Vector3.UNIT_Z);
    assertThat(pose.applyX(0, 5, 0)).isEqualTo(12);
  }

  @Test
  void trap2TheTwistTurnsTheRootOnceAndNoLaterPose() {
    Rotation3 rig = Rotation3.of(LEVEL);
    Rotation3 root = Rotation3.of(RigTwist.twist(LEVEL));
    assertThat(root.x()).isEqualTo(rig.y());
    assertThat(root.y()).isEqualTo(rig.x().times(-1));
    assertThat(root.z()).isEqualTo(rig.z());
    CandidateMixtureConfig ahead =
        single(bounded(ViewJitterConfig.none()), PositionFamily.FORWARD_LOCAL, FORWARD, 3);
    Pose12 selected = generate(ahead, LEVEL).worldFromCamera().get(1);
    for (Pose12 next : generate(ahead, selected).worldFromCamera()) {
      assertThat(Rotation3.of(next)).isEqualTo(SamplingFrame.gravityAligned(selected).axes());
    }
  }

  @Test
  void trap10NodesHaveTablesOfTheirOwnUnlessTheyAreSeededOnce() {
    CandidateBaseConfig keyed = bounded(ViewJitterConfig.none());
    CandidateBaseConfig once =
        new CandidateBaseConfig(
            keyed.cameraLabel(),
            keyed.alignToGravity(),
            keyed.shell(),
            keyed.positionMode(),
            keyed.view(),
            keyed.rules(),
            keyed.referenceFrameIndex(),
            keyed.seed(),
            SeedMode.SEED_ONCE);
    assertThat(steps(keyed, "row-1")).isNotEqualTo(steps(keyed, "row-2"));
    assertThat(steps(once, "row-1")).isEqualTo(steps(once, "row-2"));
  }

  @Test
  void trapHeightAndTurnAreMeasuredAgainstGravityAlsoFromATiltedCamera() {
    CandidateShell shell =
        generate(single(bounded(ViewJitterConfig.none()), SHELL, FORWARD, 40), TILTED);
    for (int row = 0; row < shell.size(); row++) {
      Pose12 pose = shell.worldFromCamera().get(row);
      assertThat(shell.extras().get("motion_height_delta_m").at(row))
          .isEqualTo(Math.abs(pose.tz() - TILTED.tz()));
      assertThat(shell.extras().get("motion_yaw_delta_rad").at(row)).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void trapAReferencePositionNearTheMeshFailsEveryPath() {
    Pose12 nearTheCube = new Pose12(0, 0, 1, 1, 0, 0, 0, 1, 0, 0.55, 0, 0.1);
    for (PathRule rule : PathRule.values()) {
      CandidateBaseConfig base = FreeShell.base(rule, ViewJitterConfig.none());
      CandidateShell shell = generate(FreeShell.mixture(base, 60), nearTheCube);
      DoubleColumn evaluated = shell.extras().get("path_evaluated_mask");
      assertThat(shell.validCount()).isZero();
      assertThat(shell.ruleMasks().get("MinDistanceToMeshRule")).isNotEqualTo(shell.valid());
      for (int row = 0; row < shell.size(); row++) {
        assertThat(evaluated.at(row)).isEqualTo(shell.extras().get("path_collision_mask").at(row));
        assertThat(Double.isNaN(shell.extras().get("path_min_clearance_m").at(row)))
            .isEqualTo(evaluated.at(row) == 0);
      }
    }
  }

  @Test
  void trapJitterComesBeforeTheRulesAndMayBreakTheBoundOfTheTurn() {
    CandidateBaseConfig base = bounded(ViewJitterConfig.caps(100, 30));
    CandidateShell shell = generate(single(base, PositionFamily.FORWARD_LOCAL, FORWARD, 60), LEVEL);
    MaskColumn before = shell.ruleMasks().get("FreeSpaceRule");
    MaskColumn after = shell.ruleMasks().get("MotionRealismRule");
    int broken = 0;
    for (int row = 0; row < shell.size(); row++) {
      double turn = shell.extras().get("motion_yaw_delta_rad").at(row);
      double bounds = shell.extras().get("motion_broken_bounds").at(row);
      assertThat(turn)
          .isCloseTo(Math.abs(shell.extras().get("view_jitter_yaw_rad").at(row)), within(1e-12));
      assertThat(((int) bounds & 8) != 0).isEqualTo(Math.toDegrees(turn) > 70);
      assertThat(after.at(row)).isEqualTo(before.at(row) && bounds == 0);
      broken += (int) bounds & 8;
    }
    assertThat(broken).isPositive();
  }

  @Test
  void trapTargetsStraightAboveAreSeenWithoutADegenerateBasis() {
    Vector3 centre = new Vector3(0.3, 0.2, 0.1);
    Vector3 above = centre.plus(new Vector3(0, 0, 2));
    Rotation3 axes =
        ViewDirections.axes(
            ViewStrategy.TARGET_POINT,
            SamplingFrame.gravityAligned(LEVEL),
            centre,
            Optional.of(above));
    assertThat(axes).isEqualTo(ViewAxes.level(Vector3.UNIT_Z));
    TestSamplingFrame.assertOrthonormal(axes, "straight up");
  }

  @Test
  void trapTheBearingOfStoresIsAboutWorldYAndTheOtherAboutUp() {
    CandidateShell shell =
        generate(single(bounded(ViewJitterConfig.none()), SHELL, FORWARD, 5), LEVEL);
    for (int row = 0; row < shell.size(); row++) {
      Pose12 pose = shell.worldFromCamera().get(row);
      double x = TARGET.x() - pose.tx();
      double y = TARGET.y() - pose.ty();
      double z = TARGET.z() - pose.tz();
      assertThat(shell.extras().get("target_bearing_yaw_rad").at(row))
          .isEqualTo(StrictMath.atan2(x, z));
      assertThat(shell.extras().get("target_bearing_about_up_rad").at(row))
          .isEqualTo(StrictMath.atan2(y, x));
    }
  }

  @Test
  void orbitsKeepDistanceAndHeightAndMeasureTheMoveInTheCameraFrame() {
    CandidateMixtureConfig orbit =
        single(
            bounded(ViewJitterConfig.none()),
            PositionFamily.TARGET_ORBIT,
            ViewStrategy.TARGET_POINT,
            14);
    CandidateShell shell = generate(orbit, TILTED);
    double standoff = Math.hypot(TILTED.tx() - TARGET.x(), TILTED.ty() - TARGET.y());
    for (int row = 0; row < shell.size(); row++) {
      Pose12 pose = shell.worldFromCamera().get(row);
      assertThat(Math.hypot(pose.tx() - TARGET.x(), pose.ty() - TARGET.y()))
          .isCloseTo(standoff, within(1e-12));
      assertThat(pose.tz()).isEqualTo(TILTED.tz());
      Vector3 move = new Vector3(pose.tx() - TILTED.tx(), pose.ty() - TILTED.ty(), 0);
      double ahead = Rotation3.of(TILTED).z().dot(move);
      assertThat(shell.extras().get("motion_backward_step_m").at(row))
          .isCloseTo(Math.max(0, -ahead), within(1e-12));
    }
    assertThat(shell.positionId().orElseThrow().toArray()).containsOnly(6);
    assertThat(shell.worldFromCamera().get(12)).isEqualTo(shell.worldFromCamera().get(0));
    assertThat(shell.worldFromCamera().get(13)).isEqualTo(shell.worldFromCamera().get(1));
    TargetOrbit bank = new TargetOrbit();
    assertThat(List.of(0, 1, 2, 3, 10, 11, 12).stream().map(bank::angleDeg))
        .containsExactly(-6.0, 6.0, -10.0, 10.0, -26.0, 26.0, -6.0);
    Vector3 here = new Vector3(0, 0, 2);
    assertThat(bank.centreWorld(3, here, Vector3.of(TARGET))).isEqualTo(here);
  }

  @Test
  void theExactPathRuleAcceptsNothingThatTheSampledOneRejects() {
    CandidateShell sampled =
        generate(
            FreeShell.mixture(
                FreeShell.base(PathRule.SAMPLED_CLEARANCE, ViewJitterConfig.none()), 200),
            LEVEL);
    CandidateShell exact =
        generate(
            FreeShell.mixture(
                FreeShell.base(PathRule.EXACT_CLEARANCE, ViewJitterConfig.none()), 200),
            LEVEL);
    assertThat(exact.worldFromCamera()).isEqualTo(sampled.worldFromCamera());
    for (int row = 0; row < sampled.size(); row++) {
      assertThat(exact.valid().at(row) && !sampled.valid().at(row)).isFalse();
    }
    assertThat(exact.validCount()).isPositive();
  }

  private static CandidateBaseConfig bounded(ViewJitterConfig view) {
    return CandidateBaseConfig.of(
        ShellConfig.juneDefault(), view, CandidateRulesConfig.juneDefault());
  }

  private static CandidateMixtureConfig single(
      CandidateBaseConfig base, PositionFamily family, ViewStrategy view, int count) {
    return new CandidateMixtureConfig(
        base, List.of(CandidateComponentConfig.of("one", count, family, view)));
  }

  private static CandidateShell generate(CandidateMixtureConfig mixture, Pose12 reference) {
    return generate(mixture, reference, "row");
  }

  private static CandidateShell generate(
      CandidateMixtureConfig mixture, Pose12 reference, String sampleKey) {
    return new CandidateGenerator(mixture, CubeOnFloor.bvh())
        .generate(
            new CandidateRequest(
                reference,
                Optional.of(TARGET),
                EXTENT,
                new NodeKey(sampleKey, "box", List.of(), 0)));
  }

  private static DoubleColumn steps(CandidateBaseConfig base, String sampleKey) {
    return generate(single(base, SHELL, FORWARD, 9), LEVEL, sampleKey)
        .extras()
        .get("motion_step_length_m");
  }
}
