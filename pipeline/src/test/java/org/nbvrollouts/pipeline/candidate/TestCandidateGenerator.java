package org.nbvrollouts.pipeline.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.nbvrollouts.pipeline.geometry.Bvh;
import org.nbvrollouts.store.error.RefusedInputException;
import org.nbvrollouts.store.rollout.CandidateShell;
import org.nbvrollouts.store.schema.PositionFamily;
import org.nbvrollouts.store.schema.ViewStrategy;
import org.nbvrollouts.store.source.AxisAlignedBox;
import org.nbvrollouts.store.source.MaskColumn;
import org.nbvrollouts.store.source.Point3;
import org.nbvrollouts.store.source.Pose12;
import org.nbvrollouts.store.source.TriangleMesh;

class TestCandidateGenerator {
  private static final Bvh SCENE = CubeOnFloor.bvh();
  private static final AxisAlignedBox EXTENT = new AxisAlignedBox(-2, 2, -1.6, 2, -0.5, 1.2);
  private static final Point3 TARGET = new Point3(0, 0, 0.1);
  private static final NodeKey NODE = new NodeKey("row-7", "box-3", List.of(4, 11), 0);
  private static final double H = Math.sqrt(0.5);
  private static final Pose12 POSE = new Pose12(H, 0, -H, -H, 0, -H, 0, 1, 0, 1.2, 0.4, 0.3);

  private final CandidateGenerator generator =
      new CandidateGenerator(CandidateMixtureConfig.juneDefault(), SCENE);

  @Test
  void rowsComeInComponentOrderWithTheirIds() {
    CandidateShell shell = generator.generate(request(NODE));
    assertThat(shell.size()).isEqualTo(60);
    assertThat(shell.mixtureId().orElseThrow().toArray()).isEqualTo(blocks(0, 1, 2));
    assertThat(shell.positionId().orElseThrow().toArray()).isEqualTo(blocks(1, 2, 3));
    assertThat(shell.strategyId().orElseThrow().toArray()).isEqualTo(blocks(0, 3, 3));
    assertThat(Arrays.stream(shell.samplerProbability().orElseThrow().toArray()))
        .allMatch(probability -> probability == 1.0 / 60);
    assertThat(shell.extras().keySet())
        .containsExactly(
            "min_distance_to_mesh",
            "path_min_clearance_m",
            "path_evaluated_mask",
            "path_collision_mask",
            "free_space_margin_m",
            "motion_step_length_m",
            "motion_height_delta_m",
            "motion_backward_step_m",
            "motion_yaw_delta_rad",
            "motion_broken_bounds",
            "target_distance_m",
            "target_bearing_yaw_rad",
            "target_bearing_about_up_rad",
            "view_jitter_yaw_rad",
            "view_jitter_pitch_rad");
    assertThat(shell.validCount()).isBetween(1, 59);
  }

  @Test
  void equalRequestsGiveEqualTablesWhoeverAsks() {
    CandidateShell first = generator.generate(request(NODE));
    generator.generate(request(new NodeKey("other", "box-3", List.of(), 0)));
    assertThat(generator.generate(request(NODE))).isEqualTo(first);
    assertThat(
            new CandidateGenerator(CandidateMixtureConfig.juneDefault(), SCENE)
                .generate(request(NODE)))
        .isEqualTo(first);
  }

  @Test
  void centresEqualAnIndependentComputationFromTheNodeKey() {
    List<Pose12> poses = generator.generate(request(NODE)).worldFromCamera();
    assertCentre(poses.get(0), 0.432037363714, -0.484000544080, 0.347491983030);
    assertCentre(poses.get(23), 0.431869447616, -0.474770021850, 0.296480313652);
    assertCentre(poses.get(25), 0.876602649389, 0.206432892094, 0.259165449311);
    assertCentre(poses.get(59), 0.783901922719, 0.736728699897, 0.237901733304);
  }

  @Test
  void everyPartOfTheNodeKeyChangesTheTable() {
    List<Pose12> poses = generator.generate(request(NODE)).worldFromCamera();
    List<NodeKey> others =
        List.of(
            new NodeKey("row-8", "box-3", List.of(4, 11), 0),
            new NodeKey("row-7", "box-4", List.of(4, 11), 0),
            new NodeKey("row-7", "box-3", List.of(11, 4), 0),
            new NodeKey("row-7", "box-3", List.of(4), 0),
            new NodeKey("row-7", "box-3", List.of(4, 11), 1));
    for (NodeKey other : others) {
      assertThat(generator.generate(request(other)).worldFromCamera())
          .as("%s", other)
          .doesNotContainAnyElementsOf(poses);
    }
  }

  @Test
  void componentsDrawIndependentNumbers() {
    CandidateShell shell = generator.generate(request(NODE));
    double[] steps = shell.extras().get("motion_step_length_m").toArray();
    assertThat(Arrays.stream(steps).distinct().count()).isEqualTo(60);
  }

  @Test
  void seedOnceRepeatsThePatternAtEveryNode() {
    CandidateBaseConfig june = CandidateBaseConfig.juneDefault();
    CandidateBaseConfig once =
        new CandidateBaseConfig(
            june.cameraLabel(),
            june.alignToGravity(),
            june.shell(),
            june.positionMode(),
            june.view(),
            june.rules(),
            june.referenceFrameIndex(),
            june.seed(),
            SeedMode.SEED_ONCE);
    CandidateGenerator repeating =
        new CandidateGenerator(
            new CandidateMixtureConfig(once, CandidateMixtureConfig.juneDefault().components()),
            SCENE);
    assertThat(repeating.generate(request(NODE)))
        .isEqualTo(repeating.generate(request(new NodeKey("a", "b", List.of(), 5))));
  }

  @Test
  void masksAreCumulativeAndEndAtValidity() {
    long seed = 77;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      CandidateShell shell = generator.generate(randomRequest(random, round));
      String place = "seed " + seed + ", round " + round;
      MaskColumn last = null;
      for (Map.Entry<String, MaskColumn> mask : shell.ruleMasks().entrySet()) {
        for (int row = 0; row < shell.size() && last != null; row++) {
          assertThat(mask.getValue().at(row) && !last.at(row)).as(place).isFalse();
        }
        last = mask.getValue();
      }
      assertThat(last).as(place).isEqualTo(shell.valid());
      checkDiagnosticsAgreeWithMasks(shell, place);
    }
  }

  @Test
  void radiiAndPosesObeyTheConfiguration() {
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (PositionFamily family : PositionFamily.values()) {
      if (family == PositionFamily.TARGET_ORBIT) {
        continue;
      }
      for (ViewStrategy strategy : ViewStrategy.values()) {
        CandidateGenerator single =
            new CandidateGenerator(
                new CandidateMixtureConfig(
                    FreeShell.base(),
                    List.of(
                        CandidateComponentConfig.of(
                            "one", 40, family, strategy, ShellOverrides.radii(0.3, 0.9)))),
                SCENE);
        CandidateRequest request = randomRequest(random, 0);
        CandidateShell shell = single.generate(request);
        for (int row = 0; row < shell.size(); row++) {
          String place = "seed " + seed + ", " + family + ", " + strategy + ", row " + row;
          Pose12 pose = shell.worldFromCamera().get(row);
          TestSamplingFrame.assertOrthonormal(Rotation3.of(pose), place);
          Pose12 from = request.referenceWorldFromCamera();
          assertThat(
                  new Vector3(pose.tx() - from.tx(), pose.ty() - from.ty(), pose.tz() - from.tz())
                      .norm())
              .as(place)
              .isBetween(0.3 - 1e-9, 0.9 + 1e-9);
        }
      }
    }
  }

  @Test
  void candidatesThatLookAtTheTargetSeeItInTheirCentre() {
    CandidateShell shell = generator.generate(request(NODE));
    for (int row = 24; row < shell.size(); row++) {
      Pose12 cameraFromWorld = shell.worldFromCamera().get(row).inverse();
      assertThat(cameraFromWorld.applyX(TARGET.x(), TARGET.y(), TARGET.z()))
          .isCloseTo(0, within(1e-12));
      assertThat(cameraFromWorld.applyY(TARGET.x(), TARGET.y(), TARGET.z()))
          .isCloseTo(0, within(1e-12));
      assertThat(cameraFromWorld.applyZ(TARGET.x(), TARGET.y(), TARGET.z()))
          .isCloseTo(shell.extras().get("target_distance_m").at(row), within(1e-12));
    }
  }

  @Test
  void camerasThatLookStraightUpStillHaveLevelCandidates() {
    Pose12 up = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 1.2, 0.4, 0.3);
    CandidateShell shell =
        generator.generate(new CandidateRequest(up, Optional.of(TARGET), EXTENT, NODE));
    for (Pose12 pose : shell.worldFromCamera()) {
      assertThat(pose.isFinite()).isTrue();
      assertThat(pose.r20()).isCloseTo(0, within(1e-12));
    }
    Pose12 overhead = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0.1);
    CandidateShell onTarget =
        generator.generate(new CandidateRequest(overhead, Optional.of(TARGET), EXTENT, NODE));
    assertThat(onTarget.worldFromCamera()).allMatch(Pose12::isFinite);
  }

  @Test
  void anEmptyMeshRejectsNothing() {
    Bvh empty = Bvh.build(TriangleMesh.of(new float[0], new int[0]));
    CandidateShell shell =
        new CandidateGenerator(FreeShell.mixture(FreeShell.base(), 60), empty)
            .generate(
                new CandidateRequest(
                    POSE, Optional.empty(), new AxisAlignedBox(-9, 9, -9, 9, -9, 9), NODE));
    assertThat(shell.validCount()).isEqualTo(60);
    assertThat(shell.extras().get("min_distance_to_mesh").at(0)).isInfinite();
  }

  @Test
  void componentsAboutATargetRefuseItsAbsence() {
    assertThatThrownBy(
            () -> generator.generate(new CandidateRequest(POSE, Optional.empty(), EXTENT, NODE)))
        .isInstanceOf(RefusedInputException.class)
        .hasMessage(
            "Cannot sample candidates: component needs a target centre"
                + " (name=target_bearing_local, position_mode=target_bearing_local,"
                + " view_mode=target_point)");
  }

  @Test
  void requestsWithoutFiniteNumbersAreRefused() {
    Point3 nowhere = new Point3(0, Double.NaN, 0);
    assertThatThrownBy(() -> new CandidateRequest(POSE, Optional.of(nowhere), EXTENT, NODE))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot sample candidates: the target centre is not finite");
    Pose12 broken = new Pose12(1, 0, 0, 0, 1, 0, 0, 0, 1, 0, Double.POSITIVE_INFINITY, 0);
    assertThatThrownBy(() -> new CandidateRequest(broken, Optional.of(TARGET), EXTENT, NODE))
        .isInstanceOf(RefusedInputException.class)
        .hasMessageStartingWith("Cannot sample candidates: the reference pose is not finite");
  }

  private static void checkDiagnosticsAgreeWithMasks(CandidateShell shell, String place) {
    for (int row = 0; row < shell.size(); row++) {
      boolean collides = shell.extras().get("path_collision_mask").at(row) == 1;
      double path = shell.extras().get("path_min_clearance_m").at(row);
      boolean beforePath = shell.ruleMasks().get("MinDistanceToMeshRule").at(row);
      assertThat(collides).as(place).isEqualTo(beforePath && !shell.valid().at(row));
      assertThat(Double.isNaN(path)).as(place).isEqualTo(!beforePath);
      if (shell.valid().at(row)) {
        assertThat(path).as(place).isGreaterThanOrEqualTo(0.1);
        assertThat(shell.extras().get("min_distance_to_mesh").at(row)).as(place).isGreaterThan(0.2);
        assertThat(shell.extras().get("free_space_margin_m").at(row))
            .as(place)
            .isGreaterThanOrEqualTo(0);
        assertThat(shell.extras().get("motion_height_delta_m").at(row))
            .as(place)
            .isLessThanOrEqualTo(0.25);
      }
    }
  }

  private static void assertCentre(Pose12 pose, double x, double y, double z) {
    assertThat(new double[] {pose.tx(), pose.ty(), pose.tz()})
        .containsExactly(new double[] {x, y, z}, within(1e-11));
  }

  private static CandidateRequest request(NodeKey node) {
    return new CandidateRequest(POSE, Optional.of(TARGET), EXTENT, node);
  }

  private static CandidateRequest randomRequest(SplittableRandom random, int round) {
    Vector3 forward =
        DirectionSampler.raw(
            DirectionSampling.UNIFORM_SPHERE, 0, random.nextDouble(), random.nextDouble());
    Pose12 pose =
        new ViewJitter(0, 0, 6 * random.nextDouble())
            .applyTo(ViewAxes.level(forward))
            .at(
                new Vector3(
                    0.9 + random.nextDouble(), 2 * random.nextDouble() - 1, random.nextDouble()));
    return new CandidateRequest(
        pose, Optional.of(TARGET), EXTENT, new NodeKey("row-" + round, "box", List.of(), 0));
  }

  private static int[] blocks(int first, int second, int third) {
    List<Integer> ids = new ArrayList<>();
    for (int row = 0; row < 60; row++) {
      ids.add(row < 24 ? first : row < 48 ? second : third);
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }
}
